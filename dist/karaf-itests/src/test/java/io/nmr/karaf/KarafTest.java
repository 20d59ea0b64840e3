package io.nmr.karaf;

import static org.junit.Assert.assertEquals;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.karaf.options.LogLevelOption.LogLevel;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A Karaf as it is downloaded, with the features of the samples. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class KarafTest {

    static final String PROVIDER = "io.nmr.sample.provider";

    @Inject
    BundleContext context;

    @Inject
    FeaturesService features;

    KarafLog log;

    @Configuration
    public Option[] configuration() {
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(new File(System.getProperty("karaf.archive")).toURI().toString())
                    .karafVersion(System.getProperty("karaf.version"))
                    .unpackDirectory(new File(System.getProperty("karaf.unpack")))
                    .useDeployFolder(false),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            logLevel(LogLevel.INFO),
            maven("defaultRepositories", "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots, "
                    + new File(System.getProperty("kar.repository")).toURI() + "@id=kar@snapshots"),
            maven("repositories", ""),
            maven("localRepository", System.getProperty("org.ops4j.pax.url.mvn.localRepository")),
            editConfigurationFilePut("etc/system.properties", "nmr.sample.port", "0"),
            editConfigurationFilePut("etc/system.properties", "nmr.sample.delay", "1000"),
            editConfigurationFilePut("etc/system.properties", "nmr.sample.patience", "30000"),
            passOn("nmr.version"),
            passOn("kar.file"),
            passOn("guide"),
            passOn("provider.v1.jar"),
            passOn("provider.v2.jar"),
        };
    }

    private static Option maven(String key, String value) {
        return editConfigurationFilePut("etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn." + key, value);
    }

    private static Option passOn(String property) {
        return systemProperty(property).value(System.getProperty(property));
    }

    final URI repository() {
        return URI.create("mvn:io.nmr/io.nmr.karaf/" + System.getProperty("nmr.version") + "/xml/features");
    }

    @Before
    public void install() throws Exception {
        features.addRepository(repository());
        features.installFeature("nmr"); // of its own, so that it stays when the samples go
        features.installFeature("nmr-samples");
        log = KarafLog.fromHere();
    }

    @After
    public void nothingWasOverdue() throws Exception {
        for (String gone : List.of("nmr-samples", "nmr-gateway")) {
            if (features.isInstalled(features.getFeature(gone))) {
                features.uninstallFeature(gone);
            }
        }
        assertEquals(List.of(), log.all("NMR202"));
    }

    final Gateway gateway() throws Exception {
        // by name: wired to the API, this bundle would be refreshed with it
        ServiceReference<?> gateway = context.getAllServiceReferences(
                "io.nmr.api.ClientCharacteristics", "(nmr.sample.gateway.port=*)")[0];
        return new Gateway((Integer) gateway.getProperty("nmr.sample.gateway.port"));
    }

    final List<Bundle> bundles(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .toList();
    }
}
