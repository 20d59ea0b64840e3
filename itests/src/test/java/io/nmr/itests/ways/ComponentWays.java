package io.nmr.itests.ways;

import io.nmr.itests.component.ModuleComponent;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.ComponentPlan;
import io.nmr.itests.kit.Plan;
import io.nmr.itests.kit.Publishing;
import java.io.InputStream;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The module is a delayed component of Declarative Services. */
interface ComponentWays {

    abstract class Component extends Way {

        /** Publishes a service that the component needs. */
        private Bundle need;

        @Override
        final void publish() throws BundleException {
            Plan.put(name, "1.0.0", new ComponentPlan(stage.journal, name, module));
            need = stage.install("need." + name, new Publishing(stage.journal, "need." + name) {
                @Override
                public void start(BundleContext context) {
                    context.registerService(Runnable.class, () -> { }, new Hashtable<>(Map.of("of", name)));
                }
            });
            satisfy();
            bundle = stage.start(stage.install(name, null, jar()));
            awaitPublished();
        }

        private InputStream jar() {
            return new BundleJar(name, "1.0.0")
                    .header("Import-Package", "org.osgi.framework, io.nmr.api, io.nmr.itests.kit")
                    .header("Service-Component", "OSGI-INF/module.xml")
                    .add(ModuleComponent.class)
                    .add("OSGI-INF/module.xml", """
                            <?xml version="1.0" encoding="UTF-8"?>
                            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s" init="1"
                                activate="activate" deactivate="deactivate">
                              <implementation class="%s"/>
                              <service><provide interface="%s"/></service>
                              <reference name="need" interface="java.lang.Runnable" target="(of=%s)"
                                  bind="bindNeed"/>
                            </scr:component>
                            """.formatted(name, ModuleComponent.class.getName(), module.types()[0], name))
                    .build();
        }

        final void awaitPublished() {
            Await.until(name + " is published", () -> bundle.getRegisteredServices() != null, stage.journal);
        }

        final void satisfy() throws BundleException {
            need.start();
        }

        final void dissatisfy() throws BundleException {
            need.stop();
        }

        interface Step {
            void run(ServiceComponentRuntime runtime, ComponentDescriptionDTO component) throws Exception;
        }

        final void component(Step step) throws Exception {
            BundleContext context = stage.context();
            ServiceReference<ServiceComponentRuntime> reference =
                    context.getServiceReference(ServiceComponentRuntime.class);
            ServiceComponentRuntime runtime = context.getService(reference);
            try {
                step.run(runtime, runtime.getComponentDescriptionDTO(bundle, name));
            } finally {
                context.ungetService(reference);
            }
        }
    }

    final class StopOfItsBundle extends Component {

        @Override
        void go() throws BundleException {
            bundle.stop();
        }

        @Override
        void comeBack() throws BundleException {
            bundle.start();
            awaitPublished();
        }
    }

    final class Disabled extends Component {

        @Override
        void go() throws Exception {
            component((runtime, component) -> runtime.disableComponent(component).getValue());
        }

        @Override
        void comeBack() throws Exception {
            component((runtime, component) -> runtime.enableComponent(component).getValue());
            awaitPublished();
        }
    }

    /** A service that it needs goes. */
    final class Unsatisfied extends Component {

        @Override
        void go() throws BundleException {
            dissatisfy();
        }

        @Override
        void comeBack() throws BundleException {
            satisfy();
            awaitPublished();
        }
    }
}
