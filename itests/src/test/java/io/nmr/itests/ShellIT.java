package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TypedProvider;
import java.io.ByteArrayOutputStream;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The shell's commands, while a provider stops with a call in progress, or is swapped: O2, O3. */
public class ShellIT extends ToolsTest {

    @Test
    public void shell_showsTheDrain_withItsHolderAndStack_andItsEnd() {
        Drain drain = drain();
        assertContains(typed("nmr:drains"), "bundle.p 1.0.0 [" + providers.getBundleId() + "]", "client", "bundle.c 1.0.0", "completion");
        assertContains(typed("nmr:binding " + drain.binding),
                "detaching", "owes completion", "calls in progress 1", "Thread \"call\"", HELD);
        assertContains(typed("nmr:bindings --state detaching --bundle bundle.p"), "detaching");
        assertContains(typed("nmr:modules --bundle bundle.p"), "deregistering");
        drain.end();
        assertContains(typed("nmr:drains"), "No drain under way.");
        assertContains(typed("nmr:modules --bundle bundle.c"), "registered         0");
        assertContains(typed("nmr:stats"), "drains");
    }

    @Test
    public void shell_watchEndsWithTheDrain() {
        Drain drain = drain();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Running<String> watch = stage.run("watch", () -> typed("nmr:drains -w", printed));
        Await.until("it is drawn", () -> printed.size() > 0);
        drain.end();
        String watched = watch.join();
        assertTrue(watched, watched.startsWith("Drain ") && watched.endsWith("No drain under way." + System.lineSeparator()));
    }

    @Test
    public void shell_swap_startsTheNew_drainsTheOld() {
        bind();
        TypedProvider next = provider("Q");
        Bundle fresh = stage.install("bundle.q", new Publishing(journal, "bundle.q", next));
        Running<String> call = heldCall(provider.words, () -> client.say("hello"));
        Running<String> swap = stage.run("swap", () -> typed("nmr:swap bundle.p bundle.q"));
        Await.until("the old one drains", () -> !runtime.drains().isEmpty());
        assertEquals("meanwhile calls go to the new one", "Q:more", client.say("more"));
        provider.words.said.release();
        assertEquals("P:hello", call.join());
        assertContains(swap.join(), "bundle.q 1.0.0", "took over from bundle.p 1.0.0", "bindings 1, calls in progress 1");
        assertEquals(Bundle.ACTIVE, fresh.getState());
        assertEquals(Bundle.RESOLVED, providers.getState());
    }

    @Test
    public void shell_swapToABundleThatProvidesNothing_isUndone() {
        bind();
        Bundle fresh = stage.install("bundle.none", new Publishing(journal, "bundle.none"));
        AssertionError failed = thrown(AssertionError.class, () -> typed("nmr:swap --timeout 1 bundle.p bundle.none"));
        assertContains(failed.getCause().getMessage(), "does not provide", "is stopped again", "serves as before");
        assertEquals(Bundle.RESOLVED, fresh.getState());
        assertEquals("P:hello", client.say("hello"));
    }
}
