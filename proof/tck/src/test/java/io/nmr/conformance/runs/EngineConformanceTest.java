package io.nmr.conformance.runs;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The kit on the engine in plain Java. */
@Suite(failIfNoTests = false) // where the profile proof selects others
@SelectPackages("io.nmr.tck")
@ConfigurationParameter(key = "nmr.tck.fixture", value = "io.nmr.conformance.runs.EngineFixture")
class EngineConformanceTest {}
