package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertTrue;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.itests.foreign.ForeignSpeaker;
import io.nmr.itests.foreign.ForeignWords;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.npi.Frames;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.itests.npi.WordsNpi;
import io.nmr.typed.NoProviderException;
import io.nmr.typed.NpiClient;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;

/** Bundles that have the NPI's types, and the modules, for themselves: class spaces, the stack of a call, R7. */
public class TypedSpacesIT extends TypedTest {

    private static final String MODULE = "org.osgi.framework, io.nmr.api, io.nmr.typed, io.nmr.itests.npi;version=";

    private Bundle npi(int version) {
        String name = "words.npi" + version;
        return stage.install(name, null, new BundleJar(name, version + ".0.0")
                .header("Export-Package", "io.nmr.itests.npi;version=" + version + ".0.0")
                .header("Import-Package", "io.nmr.api, io.nmr.typed")
                .add(Words.class)
                .add(WordsListener.class)
                .add(WordsNpi.class)
                .add(Frames.class)
                .build());
    }

    private Bundle module(String name, Class<?> activator, int version) {
        return stage.start(stage.install(name, null, new BundleJar(name, "1.0.0", activator)
                .header("Import-Package", MODULE + "\"[" + version + "," + (version + 1) + ")\"")
                .build()));
    }

    /** Has the client's bundle do something. */
    private String ask(String what) throws Exception {
        @SuppressWarnings("rawtypes")
        Collection<ServiceReference<Function>> found = context.getServiceReferences(Function.class, "(speaker=true)");
        ServiceReference<?> speaker = found.iterator().next();
        try {
            @SuppressWarnings("unchecked")
            Function<String, String> asked = (Function<String, String>) context.getService(speaker);
            return asked.apply(what);
        } finally {
            context.ungetService(speaker);
        }
    }

    private static ClassLoader loader(Bundle bundle) {
        return bundle.adapt(BundleWiring.class).getClassLoader();
    }

    @Test
    public void A8_stackOfACall_acrossBundles_showsNothingOfTheRegistrar() throws Exception {
        npi(1);
        Bundle provider = module("words", ForeignWords.class, 1);
        Bundle client = module("speaker", ForeignSpeaker.class, 1);
        assertNotSame(loader(provider), loader(client));
        assertEquals("false", ask("proxies"));
        assertDirect(ask("call"), ForeignWords.class, ForeignSpeaker.class);
        assertDirect(ask("later"), ForeignWords.class, ForeignSpeaker.class);
        assertDirect(ask("callback"), ForeignSpeaker.class, ForeignWords.class);
    }

    private static void assertDirect(String stack, Class<?> called, Class<?> caller) {
        List<String> frames = stack.lines().toList();
        assertTrue(stack, frames.indexOf(called.getName()) >= 0);
        assertTrue(stack, frames.lastIndexOf(caller.getName()) > frames.indexOf(called.getName()));
        List<String> between = frames.subList(0, frames.lastIndexOf(caller.getName()));
        for (String other :
                List.of("io.nmr.engine.", "io.nmr.registrar.", "java.lang.reflect.", "jdk.internal.reflect.")) {
            assertTrue(other + "* in\n" + stack, between.stream().noneMatch(frame -> frame.startsWith(other)));
        }
    }

    @Test
    public void A2_twoExportersOfTheNpi_areNotAttached_andTheWarningNamesBothTypesAndBundles() throws Exception {
        Bundle first = npi(1);
        Bundle second = npi(2);
        module("words", ForeignWords.class, 1);
        module("speaker", ForeignSpeaker.class, 2);
        assertEquals("0", ask("attached"));
        warnings = typedLog.all();
        assertEquals(warnings.toString(), 1, warnings.size());
        String warning = warnings.get(0);
        String type = WordsListener.class.getName() + " of bundle ";
        assertTrue(warning, warning.contains("does not attach"));
        assertTrue(warning, warning.contains("another " + type + second));
        assertTrue(warning, warning.contains("but " + type + first + " was expected"));
        assertTrue(warning, second.toString().contains("words.npi2") && first.toString().contains("words.npi1"));

        module("words2", ForeignWords.class, 2);
        assertEquals("1", ask("attached"));
        assertDirect(ask("call"), ForeignWords.class, ForeignSpeaker.class);
        warnings = typedLog.all();
        assertEquals("of the right one nothing is said", 1, warnings.size());
    }

    /** Where clients have no callbacks, the client is the one to see it: the provider has accepted by then (A11). */
    @Test
    public void A11_twoExportersOfAnNpiWithoutCallbacks_areDetached_andTheWarningNamesBothTypesAndBundles() {
        stage.expect("NMR402");
        Bundle theirs = npi(1);
        NpiClient<Void, Words> client = NpiClient.of(WordsNpi.PLAIN, new ModuleId.InterfaceLuid(10));
        ServiceRegistration<?> registration = context.registerService(ClientCharacteristics.class, client, null);
        try {
            module("words", ForeignWords.class, 1);
            assertEquals(List.of(), client.attached());
            thrown(NoProviderException.class, () -> client.run(words -> words.say("x")));
        } finally {
            registration.unregister();
        }
        assertTrue(stage.log.only("NMR402").contains("A11"));
        warnings = typedLog.all();
        assertEquals(warnings.toString(), 1, warnings.size());
        String warning = warnings.get(0);
        String type = Words.class.getName() + " of bundle ";
        assertTrue(warning, warning.contains("does not attach provider"));
        assertTrue(warning, warning.contains("another " + type + theirs));
        assertTrue(warning, warning.contains("but " + type + FrameworkUtil.getBundle(Words.class) + " was expected"));
    }

    @Test
    public void R7_npiAndModulesThatAreGone_areNotKept() throws Exception {
        WeakReference<ClassLoader> npi = bindAndCall();
        uninstallAll("test:speaker", "test:words", "test:words.npi1");
        Await.until("the class loader of the NPI is collected", () -> {
            System.gc();
            return npi.get() == null;
        });
    }

    @Test
    public void R7_npiThatIsGone_isNotKept_whileTheRegistrarIsRestarted() throws Exception {
        WeakReference<ClassLoader> npi = bindAndCall();
        registrarBundle().stop();
        registrarBundle().start();
        assertEquals("1", ask("attached"));
        uninstallAll("test:words", "test:speaker", "test:words.npi1");
        Await.until("the class loader of the NPI is collected", () -> {
            System.gc();
            return npi.get() == null;
        });
    }

    private WeakReference<ClassLoader> bindAndCall() throws Exception {
        Bundle npi = npi(1);
        module("words", ForeignWords.class, 1);
        module("speaker", ForeignSpeaker.class, 1);
        assertFalse(ask("call").isEmpty());
        assertFalse(ask("callback").isEmpty());
        assertFalse(ask("later").isEmpty());
        return new WeakReference<>(loader(npi));
    }

    private void uninstallAll(String... locations) throws Exception {
        List<Bundle> gone = List.of(locations).stream().map(context::getBundle).toList();
        for (Bundle bundle : gone) {
            bundle.uninstall();
            stage.forget(bundle.getLocation());
        }
        stage.refresh(gone.toArray(Bundle[]::new));
    }
}
