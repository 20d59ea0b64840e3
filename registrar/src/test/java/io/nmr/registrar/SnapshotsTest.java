package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.SideSnapshot.Owes;
import io.nmr.engine.Phase;
import io.nmr.engine.Role;
import io.nmr.engine.SideState;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** What the engine's fine states are shown as. */
class SnapshotsTest {

    @Test
    void A11_attachedIsWhatTheProviderHasAccepted() {
        assertThat(EnumSet.range(Phase.ACCEPTED, Phase.ATTACHED))
                .allSatisfy(phase -> assertThat(Snapshots.state(phase)).isEqualTo(BindingState.ATTACHED));
        assertThat(EnumSet.range(Phase.OFFERED, Phase.CONNECTING_DOOMED))
                .allSatisfy(phase -> assertThat(Snapshots.state(phase)).isEqualTo(BindingState.ATTACHING));
        assertThat(Snapshots.state(Phase.DETACHING)).isEqualTo(BindingState.DETACHING);
        assertThat(Snapshots.state(Phase.CLEANING)).isEqualTo(BindingState.CLEANING);
    }

    @Test
    void anAttachmentUnderWay_waitsForTheCallbacksThatAreInside() {
        for (Phase phase : EnumSet.range(Phase.OFFERED, Phase.ACCEPTED_DOOMED)) {
            boolean connecting = phase == Phase.CONNECTING || phase == Phase.CONNECTING_DOOMED;
            assertThat(Snapshots.owes(phase, Role.CLIENT, SideState.IDLE)).isEqualTo(Owes.ATTACH_CALLBACK);
            assertThat(Snapshots.owes(phase, Role.PROVIDER, SideState.IDLE))
                    .isEqualTo(connecting ? Owes.ATTACH_CALLBACK : Owes.NOTHING);
        }
    }

    /** Whoever owes its detach in the engine is shown as owing; nobody else is. */
    @Test
    void aDetachingBinding_waitsForTheSidesThatOweTheirDetach() {
        for (SideState state : SideState.values()) {
            boolean isDetaching = state.compareTo(SideState.CLEANUP_DUE) < 0;
            if (isDetaching) {
                assertThat(Snapshots.owes(Phase.DETACHING, Role.CLIENT, state) != Owes.NOTHING)
                        .as(state.toString())
                        .isEqualTo(state.owesDetach());
            }
        }
        assertThat(Snapshots.owes(Phase.DETACHING, Role.PROVIDER, SideState.PENDING)).isEqualTo(Owes.COMPLETION);
        assertThat(Snapshots.owes(Phase.CLEANING, Role.CLIENT, SideState.CLEANUP_CALLED)).isEqualTo(Owes.CLEANUP);
        assertThat(Snapshots.owes(Phase.CLEANING, Role.PROVIDER, SideState.CLEAN)).isEqualTo(Owes.NOTHING);
    }
}
