package io.barnabas.wire.oracle;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;

/** The message classes of one release of kafka-clients, each release in a class loader of its own. */
public final class KafkaRelease {
    private static final KafkaRelease NEWER = new KafkaRelease(KafkaRelease.class.getClassLoader());
    private static final KafkaRelease OLDER = new KafkaRelease(isolated(System.getProperty("kafka.clients.older.jar")));

    private final ClassLoader loader;

    private KafkaRelease(ClassLoader loader) {
        this.loader = loader;
    }

    /** The release alone, with the libraries that it calls. */
    private static ClassLoader isolated(String jar) {
        try {
            URL[] classPath = {
                Path.of(jar).toUri().toURL(),
                jarOf(org.slf4j.Logger.class),
                jarOf(org.xerial.snappy.Snappy.class),
                jarOf(net.jpountz.lz4.LZ4Factory.class),
                jarOf(com.github.luben.zstd.Zstd.class)
            };
            return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** The release whose word counts for this version of a message: the newer that has it. */
    public static KafkaMessage describing(String message, short version) {
        return NEWER.find(message, version)
                .or(() -> OLDER.find(message, version))
                .orElseThrow(() -> new AssertionError("Kafka has no " + message + " v" + version));
    }

    public static KafkaRelease newer() {
        return NEWER;
    }

    public static KafkaRelease older() {
        return OLDER;
    }

    public Optional<KafkaMessage> find(String message, short version) {
        return load(message).filter(found -> found.has(version)).map(found -> found.at(version));
    }

    private Optional<KafkaMessage> load(String message) {
        try {
            return Optional.of(KafkaMessage.load(loader, message + "Data"));
        } catch (ClassNotFoundException e) {
            try {
                return Optional.of(KafkaMessage.load(loader, message));
            } catch (ClassNotFoundException e2) {
                return Optional.empty();
            }
        }
    }

    public Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, loader);
    }
}
