package io.nmr.typed;

import static io.nmr.typed.Rig.PLAIN;
import static io.nmr.typed.Rig.PROVIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.ProviderRegistration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeldTest {

    @RegisterExtension
    final Rig rig = new Rig();

    private final List<Object> events = new ArrayList<>();
    private final NpiClient<Void, Lookup> client = rig.client();
    private IOException failure;

    private final class Sessions implements Lookup, Lookup.Session {

        @Override
        public String find(String key) {
            return key;
        }

        @Override
        public Session open() {
            return this;
        }

        @Override
        public String read() {
            return "read";
        }

        @Override
        public void close() throws IOException {
            events.add("close");
            if (failure != null) {
                throw failure;
            }
        }
    }

    private ProviderRegistration registerBoth() {
        ProviderRegistration provider = rig.register(NpiProvider.of(PLAIN, PROVIDER, new Sessions()));
        rig.register(client);
        return provider;
    }

    @Test
    void D11_held_keepsTheDetachPendingUntilItIsReleased() throws Exception {
        ProviderRegistration provider = registerBoth();
        Held<Lookup.Session> session = client.hold(Lookup::open, events::add);
        assertThat(session.isDetaching()).isFalse();
        assertThat(rig.goes(provider)).isFalse();

        assertThat(session.isDetaching()).isTrue();
        assertThat(events).containsExactly(session);
        String read = session.call(Lookup.Session::read);
        assertThat(read).isEqualTo("read");
        session.close();
        assertThat(events).containsExactly(session, "close");
        assertThat(rig.isGone(provider)).isTrue();
    }

    @Test
    void D11_releasedWhenToldThatItDetaches_isDetachedAtOnce() {
        ProviderRegistration provider = registerBoth();
        client.hold(Lookup::open, Held::close);
        Held<Lookup.Session> released = client.hold(Lookup::open, held -> events.add("told too late"));
        released.close();

        assertThat(rig.goes(provider)).isTrue();
        assertThat(events).containsExactly("close", "close");
    }

    @Test
    void D11_heldByACallWhileDetaching_isToldAtOnce() {
        ProviderRegistration provider = registerBoth();
        client.run(lookup -> {
            rig.goes(provider);
            client.hold(Lookup::open, Held::close);
        });

        assertThat(events).containsExactly("close");
        assertThat(rig.isGone(provider)).isTrue();
    }

    @Test
    void T6_callInProgress_outlastsTheRelease() throws Exception {
        ProviderRegistration provider = registerBoth();
        Held<Lookup.Session> session = client.hold(Lookup::open, held -> { });
        rig.goes(provider);
        session.run(open -> {
            session.close();
            assertThat(rig.isGone(provider)).isFalse();
            assertThat(open.read()).isEqualTo("read");
        });

        assertThat(rig.isGone(provider)).isTrue();
    }

    @Test
    void released_isNotCalledAnyMore() {
        registerBoth();
        Held<Lookup.Session> session = client.hold(Lookup::open, held -> { });
        session.close();
        session.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> session.run(Lookup.Session::read))
                .withMessageStartingWith("released");
        assertThat(events).containsExactly("close");
    }

    @Test
    void closingTheObjectFails_releasesIt() {
        ProviderRegistration provider = registerBoth();
        Held<Lookup.Session> session = client.hold(Lookup::open, held -> { });
        failure = new IOException("failed");

        assertThatThrownBy(session::close).isInstanceOf(IllegalStateException.class).hasCause(failure);
        assertThat(rig.goes(provider)).isTrue();
    }

    @Test
    void D9_listenerFails_isLoggedAndTheDetachGoesOn() {
        ProviderRegistration provider = registerBoth();
        Held<Lookup.Session> session = client.hold(Lookup::open, held -> {
            throw new IllegalStateException("no");
        });
        try (Logged logged = Logged.of("io.nmr.typed")) {
            assertThat(rig.goes(provider)).isFalse();
            assertThat(logged.records()).singleElement().satisfies(record ->
                    assertThat(record.getThrown()).hasMessage("no"));
        }
        session.close();
        assertThat(rig.isGone(provider)).isTrue();
    }

    @Test
    void nothingToHold_isAMistake() {
        ProviderRegistration provider = registerBoth();

        assertThatThrownBy(() -> client.hold(lookup -> null, held -> { })).isInstanceOf(NullPointerException.class);
        assertThat(rig.goes(provider)).isTrue();
    }
}
