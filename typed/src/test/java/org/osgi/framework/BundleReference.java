package org.osgi.framework;

/** Stands for the framework's, which is known by its name alone. */
public interface BundleReference {

    Object getBundle();
}
