package io.nmr.itests.soak;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.history.Role;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.typed.Caller;
import io.nmr.typed.DetachedException;
import io.nmr.typed.NoProviderException;
import io.nmr.typed.Npi;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Makes modules: clients and providers, raw and typed, of several NPIs, of any conduct. */
final class Cast {

    private static final List<Npi<WordsListener, Words>> NPIS = List.of(
            Npi.of(new NpiId(new UUID(15, 1)), "soak 1", WordsListener.class, Words.class),
            Npi.of(new NpiId(new UUID(15, 2)), "soak 2", WordsListener.class, Words.class));

    /** Its clients have no callbacks. */
    private static final Npi<Void, Words> PLAIN = Npi.of(new NpiId(new UUID(15, 3)), "soak plain", Words.class);

    /** A module, and what is published of it. */
    record Made(SoakModule module, String type, ModuleCharacteristics characteristics) {}

    private Cast() {}

    /** {@code hurried}: with a detach timeout that passes. */
    static Made any(World world, Random random, boolean hurried) {
        Role role = Role.values()[random.nextInt(Role.values().length)];
        int which = random.nextInt(NPIS.size() + 1);
        Conduct conduct = Conduct.of(random, hurried && random.nextBoolean());
        SoakModule module = new SoakModule(world, role, npi(which), conduct, hurried);
        boolean raw = random.nextBoolean();
        return switch (role) {
            case CLIENT -> client(module, which, raw);
            case PROVIDER -> provider(module, which, raw);
        };
    }

    private static Made client(SoakModule module, int which, boolean raw) {
        ClientCharacteristics client = raw
                ? new RecordedClient(module, rawClient(module, which), (words, side) -> words)
                : new RecordedClient(module, typedClient(module, which), RecordedCalls::of);
        return new Made(module, ClientCharacteristics.class.getName(), client);
    }

    private static Made provider(SoakModule module, int which, boolean raw) {
        ProviderCharacteristics provider = raw
                ? new RecordedProvider(module, new RawProvider(module, new Work(module)), (listener, side) -> listener)
                : new RecordedProvider(module, typedProvider(module, which), RecordedCalls::of);
        return new Made(module, ProviderCharacteristics.class.getName(), provider);
    }

    private static boolean isPlain(int which) {
        return which == NPIS.size();
    }

    private static NpiId npi(int which) {
        return isPlain(which) ? PLAIN.id() : NPIS.get(which).id();
    }

    private static ClientCharacteristics rawClient(SoakModule module, int which) {
        return new RawClient(module, isPlain(which) ? null : new Work(module));
    }

    private static ClientCharacteristics typedClient(SoakModule module, int which) {
        ModuleId id = new ModuleId.InterfaceLuid(module.number);
        return isPlain(which)
                ? calling(module, NpiClient.of(PLAIN, id).withNumber(module.number))
                : calling(module, NpiClient.of(NPIS.get(which), id, new Work(module)).withNumber(module.number));
    }

    private static <M extends Caller<Words>> M calling(SoakModule module, M client) {
        module.calls(random -> {
            try {
                if (random.nextBoolean()) {
                    client.call(words -> words.say("ask"));
                } else {
                    client.callAsync(words -> words.later("later"));
                }
            } catch (NoProviderException | DetachedException nobody) {
                // There is none now, or it has just gone: that is what a caller has to expect.
            }
        });
        return client;
    }

    private static ProviderCharacteristics typedProvider(SoakModule module, int which) {
        ModuleId id = new ModuleId.InterfaceLuid(module.number);
        if (isPlain(which)) {
            return NpiProvider.of(PLAIN, id, new Work(module)).withNumber(module.number);
        }
        NpiProvider<WordsListener, Words> provider =
                NpiProvider.of(NPIS.get(which), id, new Work(module)).withNumber(module.number);
        module.calls(random -> provider.forEachClient(listener -> {
            listener.heard("news");
        }));
        return provider;
    }
}
