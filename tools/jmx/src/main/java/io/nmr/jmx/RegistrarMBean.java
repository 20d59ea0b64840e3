package io.nmr.jmx;

import java.util.Objects;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationEmitter;
import javax.management.StandardEmitterMBean;

/** The view as it is registered: an MXBean whose descriptions a console shows. */
final class RegistrarMBean extends StandardEmitterMBean {

    private static final String DESCRIPTION = "io.nmr.description";

    RegistrarMBean(RegistrarMXBean view, NotificationEmitter emitter) {
        super(view, RegistrarMXBean.class, true, emitter);
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return Objects.toString(info.getDescriptor().getFieldValue(DESCRIPTION));
    }

    @Override
    protected String getDescription(MBeanFeatureInfo info) {
        return Objects.toString(info.getDescriptor().getFieldValue(DESCRIPTION));
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return "The " + getParameterName(operation, parameter, sequence) + " of a binding, as in Bindings";
    }

    /** So that a console can tell what only shows from what changes something. */
    @Override
    protected int getImpact(MBeanOperationInfo operation) {
        return "boolean".equals(operation.getReturnType()) ? MBeanOperationInfo.ACTION : MBeanOperationInfo.INFO;
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return Objects.toString(parameter.getDescriptor().getFieldValue(DESCRIPTION));
    }
}
