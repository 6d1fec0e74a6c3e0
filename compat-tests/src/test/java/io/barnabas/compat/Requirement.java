package io.barnabas.compat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** Programs that a test needs and a machine may lack: the test is skipped with one line, or fails under REQUIRE_ALL=1. */
public final class Requirement {
    private Requirement() {}

    /** @param how one command that installs it */
    public static void command(String name, String how) {
        require(isOnPath(name), name + " is not installed; " + how);
    }

    public static void require(boolean met, String message) {
        if (!met && "1".equals(System.getenv("REQUIRE_ALL"))) {
            throw new AssertionError(message);
        }
        Assumptions.assumeTrue(met, message);
    }

    private static boolean isOnPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }
}
