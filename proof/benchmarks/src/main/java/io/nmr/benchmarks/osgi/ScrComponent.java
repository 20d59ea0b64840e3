package io.nmr.benchmarks.osgi;

import io.nmr.api.ClientCharacteristics;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what it is given. Public, as it is made and called by reflection. */
public final class ScrComponent {

    private static final String PATH = "OSGI-INF/component.xml";

    private final Set<ClientCharacteristics> bound = ConcurrentHashMap.newKeySet();

    /** One more. */
    public void bind(ClientCharacteristics client) {
        Consumer.SEEN.incrementAndGet();
        bound.add(client);
    }

    /** One less. */
    public void unbind(ClientCharacteristics client) {
        bound.remove(client);
    }

    static BundleJar bundle() {
        return new BundleJar("component")
                .header("Service-Component", PATH)
                .header("Import-Package", ScrComponent.class.getPackageName() + ", io.nmr.api")
                .header("Require-Capability",
                        "osgi.extender; filter:=\"(&(osgi.extender=osgi.component)(version>=1.5.0)(!(version>=2.0.0)))\"")
                .file(PATH, """
                        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.5.0" name="benchmark" immediate="true">
                          <implementation class="%s"/>
                          <reference name="clients" interface="%s" cardinality="0..n" policy="dynamic"
                              bind="bind" unbind="unbind"/>
                        </scr:component>
                        """.formatted(ScrComponent.class.getName(), ClientCharacteristics.class.getName()));
    }
}
