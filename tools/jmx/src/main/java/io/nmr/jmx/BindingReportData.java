package io.nmr.jmx;

import io.nmr.api.runtime.BindingReport;

/** A binding and the threads inside of its calls, for a console. */
public final class BindingReportData {

    private final BindingReport report;

    BindingReportData(BindingReport report) {
        this.report = report;
    }

    /** The binding. */
    public BindingData getBinding() {
        return new BindingData(report.binding());
    }

    /** The threads that are known to be inside of its calls. */
    public CallData[] getCalls() {
        return report.calls().stream().map(CallData::new).toArray(CallData[]::new);
    }
}
