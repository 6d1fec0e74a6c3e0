package io.barnabas.compat.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the two brokers as a parameter: one pair for all classes, started for the first, ended after the last. */
final class BothBrokers implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SideBySide.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(BothBrokers.class))
                .getOrComputeIfAbsent("pair", any -> new Pair(), Pair.class)
                .brokers;
    }

    /** Ends with the run of all tests. */
    private static final class Pair implements AutoCloseable {
        private final Path directory;
        private final SideBySide brokers;

        Pair() {
            try {
                directory = Files.createTempDirectory("differential");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            brokers = new SideBySide(directory);
        }

        @Override
        public void close() throws IOException {
            brokers.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
