package io.nmr.testing;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

public class ClassPathBundlesTest {

    @Test
    public void jarOfTheClassPath_isFoundByItsSymbolicName() {
        String location = ClassPathBundles.locationOf("org.apache.felix.framework");
        assertTrue(location, location.startsWith("file:") && location.endsWith(".jar"));
    }

    @Test
    public void noSuchBundle_saysWhatToDo() {
        IllegalStateException missing =
                assertThrows(IllegalStateException.class, () -> ClassPathBundles.locationOf("no.such.bundle"));
        assertTrue(missing.getMessage(), missing.getMessage().contains("add it to the test's dependencies"));
    }
}
