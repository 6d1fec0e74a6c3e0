package io.barnabas.broker.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The start scripts in a folder of their own, with programs in place of Java, Maven and ps that only say how they were called.
 * Nothing of the machine is found, started or stopped.
 */
final class ScriptRun {

    private static final Path CHECKOUT =
            Path.of(System.getProperty("basedir", "."), "..").normalize();
    private static final String SAYS_ITS_ARGUMENTS = "#!/bin/sh\nfor a in \"$@\"; do echo \"[$a]\"; done\n";

    record Result(int status, String out, String err) {}

    private final Path home;
    private final Path programs;
    private final Map<String, String> environment = new TreeMap<>();

    ScriptRun(Path folder) {
        home = folder.resolve("a home");
        programs = folder.resolve("programs");
        copy("barnabas");
        for (String name :
                List.of("kafka-server-start", "kafka-server-stop", "zookeeper-server-start", "zookeeper-server-stop"))
            copy("bin/" + name + ".sh");
        environment.put("PATH", programs + ":/usr/bin:/bin");
        environment.put("BARNABAS_JDK_FOLDERS", folder.resolve("jdks") + "/*");
        program(programs.resolve("java"), "#!/bin/sh\nexit 1\n");
    }

    Path home() {
        return home;
    }

    ScriptRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Jars as a build leaves them. */
    ScriptRun built() {
        write(home.resolve("broker/target/broker-1.jar"), "");
        write(home.resolve("broker/target/lib/a.jar"), "");
        write(home.resolve("broker/target/lib/b.jar"), "");
        return this;
    }

    Path jdk(String version) {
        Path jdk = home.resolveSibling("jdks").resolve("jdk-" + version);
        write(jdk.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(jdk.resolve("bin/java"), SAYS_ITS_ARGUMENTS + "echo \"[of " + version + "]\"\n");
        program(jdk.resolve("bin/javac"), SAYS_ITS_ARGUMENTS);
        return jdk;
    }

    void program(String name, String script) {
        program(programs.resolve(name), script);
    }

    Result run(String... command) {
        try {
            List<String> words = new ArrayList<>(List.of(command));
            words.set(0, home.resolve(command[0]).toString());
            Path out = home.resolveSibling("out");
            Path err = home.resolveSibling("err");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(home.getParent().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", words) + " does not end");
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private void copy(String name) {
        try {
            Path target = home.resolve(name);
            Files.createDirectories(target.getParent());
            Files.copy(CHECKOUT.resolve(name), target, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void program(Path file, String script) {
        write(file, script);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
