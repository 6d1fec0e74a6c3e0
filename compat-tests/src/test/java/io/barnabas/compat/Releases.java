package io.barnabas.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The releases of Kafka's Java client that are tested with, oldest first: those that have a class path. */
final class Releases {
    private static final String CLIENTS = "clients-";

    private Releases() {}

    static List<String> ofClients() {
        try (Stream<Path> all = Files.list(Home.ROOT.resolve("compat-tests/class-paths"))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(CLIENTS))
                    .map(name -> name.substring(CLIENTS.length()))
                    .sorted(Comparator.comparing(Releases::numbers, Arrays::compare))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** For a program that runs several in one process: the release, an equals sign and the folder of its jars. */
    static String described(String release) {
        return release + "=" + Home.jarsOf(CLIENTS + release);
    }

    private static int[] numbers(String release) {
        return Stream.of(release.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
