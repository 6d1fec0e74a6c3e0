package io.barnabas.wire.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine on which the library of one codec is missing: the same classes, loaded again without it. */
class MissingCodecTest {

    @ParameterizedTest
    @CsvSource({"SNAPPY, snappy-java", "LZ4, lz4-java", "ZSTD, zstd-jni"})
    void disablesThatCodecAndNoOther(String codec, String library) throws Exception {
        URL[] rest = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains(library))
                .map(MissingCodecTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(rest, ClassLoader.getPlatformClassLoader())) {
            Class<?> machine = loader.loadClass(MachineWithoutCodec.class.getName());
            assertThat(machine.getClassLoader()).isSameAs(loader);
            for (Compression one : Compression.values()) {
                boolean missing = one.name().equals(codec);
                assertThat(machine.getMethod("outcome", String.class).invoke(null, one.name()))
                        .as(one.name())
                        .isEqualTo(missing ? "UNSUPPORTED_COMPRESSION_TYPE" : "accepted");
            }
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }
}
