package io.barnabas.scenario;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of one client release beside those of others in the same process: its own jars and its own copy of the
 * scenarios, and of everybody else's classes only the JDK's.
 */
final class ReleaseLoader {
    private final String release;
    private final URLClassLoader loader;

    /** @param described a release, an equals sign and the folder of its jars */
    ReleaseLoader(String described) throws Exception {
        int equals = described.indexOf('=');
        release = described.substring(0, equals);
        List<URL> urls = new ArrayList<>();
        urls.add(ReleaseLoader.class.getProtectionDomain().getCodeSource().getLocation());
        for (File jar : new File(described.substring(equals + 1)).listFiles()) {
            urls.add(jar.toURI().toURL());
        }
        loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    String release() {
        return release;
    }

    /** Calls the release's own copy of a scenario class; the thread that calls becomes one of the release's. */
    void call(String className, String method, Class<?>[] types, Object... arguments) throws Exception {
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass(className).getMethod(method, types).invoke(null, arguments);
    }
}
