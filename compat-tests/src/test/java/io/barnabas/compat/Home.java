package io.barnabas.compat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where things lie in the checkout. */
public final class Home {
    public static final Path ROOT =
            Path.of(System.getProperty("barnabas.home", "..")).toAbsolutePath().normalize();

    private Home() {}

    /** The broker's jar and what it needs, as the start scripts take them. */
    public static String brokerClassPath() {
        return jars(ROOT.resolve("broker/target"), "broker-")
                + File.pathSeparator
                + jars(ROOT.resolve("broker/target/lib"), "");
    }

    /** A client or the tools of one release, for instance {@code clients-2.1.1} or {@code tools-3.9.2}. */
    public static String classPath(String release) {
        return jars(jarsOf(release), "");
    }

    static Path jarsOf(String release) {
        return ROOT.resolve("compat-tests/class-paths/" + release + "/target/lib");
    }

    static String examples() {
        return jars(ROOT.resolve("compat-tests/examples/target"), "examples-");
    }

    public static String scenarios() {
        return jars(ROOT.resolve("compat-tests/scenarios/target"), "scenarios-");
    }

    private static String jars(Path directory, String prefix) {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> jars = files.map(Path::toString)
                    .filter(file -> Path.of(file).getFileName().toString().startsWith(prefix) && file.endsWith(".jar"))
                    .filter(file -> !file.endsWith("-tests.jar"))
                    .sorted()
                    .collect(Collectors.toList());
            if (jars.isEmpty()) {
                throw new IllegalStateException(
                        "No " + prefix + "*.jar in " + directory + "; build with: mvn package -DskipTests");
            }
            return String.join(File.pathSeparator, jars);
        } catch (IOException missing) {
            throw new UncheckedIOException("Not built yet: " + directory, missing);
        }
    }
}
