package io.nmr.typed;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import org.osgi.framework.BundleReference;

/** Loads the types of the tests a second time, as another bundle would. */
final class OtherLoader extends ClassLoader implements BundleReference {

    OtherLoader() {
        super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = OtherLoader.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            byte[] code = in.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Something that implements its own copy of an interface. */
    Object implement(String name) throws ClassNotFoundException {
        return Proxy.newProxyInstance(this, new Class<?>[] {loadClass(name)}, (proxy, method, arguments) -> null);
    }

    @Override
    public Object getBundle() {
        return "the other bundle";
    }
}
