package io.nmr.itests;

import static org.junit.Assert.assertNotNull;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.itests.kit.Journal;
import io.nmr.itests.kit.Stage;
import java.io.File;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.ProbeBuilder;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * A framework with the registrar, once for each class, and a {@link Stage} for each test. The detach timeout is far
 * longer than any test may take: nothing passes because a drain gave up.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class RegistrarTest {

    @Inject
    protected BundleContext context;

    protected Stage stage;
    protected Journal journal;

    @ProbeBuilder
    public TestProbeBuilder probe(TestProbeBuilder probe) {
        return probe.setHeader("Export-Package", "io.nmr.itests.kit, io.nmr.itests.npi");
    }

    @Configuration
    public Option[] configuration() {
        return new Option[] {registrar(60_000), junitBundles()};
    }

    /** The registrar and the API, with this detach timeout in milliseconds. */
    protected static Option registrar(long timeout) {
        return composite(
                reactorBundle("io.nmr.api.jar"),
                reactorBundle("io.nmr.registrar.jar"),
                frameworkProperty("nmr.detach.timeout").value(Long.toString(timeout)));
    }

    protected static Option reactorBundle(String property) {
        return bundle(new File(System.getProperty(property)).toURI().toString());
    }

    @Before
    public void setTheStage() throws Exception {
        stage = new Stage(context);
        registrarBundle().start();
        journal = stage.journal;
    }

    @After
    public void clearTheStage() {
        stage.clear();
    }

    protected final Bundle registrarBundle() {
        return stage.registrar();
    }

    /** The registrar with explicit handles (O5), as this bundle gets it. */
    protected static NetworkModuleRegistrar registrarOf(Bundle bundle) {
        BundleContext its = bundle.getBundleContext();
        NetworkModuleRegistrar registrar = its.getService(its.getServiceReference(NetworkModuleRegistrar.class));
        assertNotNull(registrar);
        return registrar;
    }
}
