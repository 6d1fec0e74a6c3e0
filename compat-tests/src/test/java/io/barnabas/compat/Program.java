package io.barnabas.compat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, with its output in files and a bound on its time. */
public final class Program {
    private static final long LIMIT_SECONDS = 120;

    /** Of the module that is built; gone with its next clean build. */
    private static final Path OUTPUTS = Path.of("target", "programs");

    private final List<String> command;
    private final Map<String, String> environment = new TreeMap<>();
    private String input = "";

    private Program(List<String> command) {
        this.command = command;
    }

    public static Program of(String... command) {
        return new Program(new ArrayList<>(Arrays.asList(command)));
    }

    /** A Java class, small and quick to start. */
    public static Program java(String classPath, String mainClass, String... arguments) {
        return java(List.of(), classPath, mainClass, arguments);
    }

    public static Program java(List<String> options, String classPath, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                javaBinary(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx512m",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(Arrays.asList(arguments));
        return new Program(command);
    }

    public static String javaBinary() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Behind a program that runs others, such as {@code unshare}. */
    public Program after(String... words) {
        command.addAll(0, Arrays.asList(words));
        return this;
    }

    public Program withInput(String text) {
        this.input = text;
        return this;
    }

    public Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts it and waits for its end; kills it after two minutes. */
    public Result run() {
        Running running = start();
        return running.await(LIMIT_SECONDS);
    }

    public Running start() {
        try {
            Path outputs = Files.createDirectories(OUTPUTS);
            Path out = Files.createTempFile(outputs, "out", ".txt");
            Path err = Files.createTempFile(outputs, "err", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException endedWithoutReading) {
                // It need not read what it is given.
            }
            return new Running(command, process, out, err);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot start " + command.get(0), failure);
        }
    }

    /** What a program left behind. */
    public record Result(List<String> command, int exitCode, String out, String err) {
        public Result expectSuccess() {
            if (exitCode != 0) {
                throw new AssertionError(this);
            }
            return this;
        }

        public List<String> lines() {
            return out.lines().toList();
        }

        @Override
        public String toString() {
            String shown = String.join(" ", command.subList(Math.min(command.size(), 10), command.size()));
            return "exit " + exitCode + " of " + shown + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    /** A program that has been started. */
    public record Running(List<String> command, Process process, Path out, Path err) {
        public Result await(long seconds) {
            try {
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                    throw new AssertionError("still running after " + seconds + " s: " + result(-1));
                }
                return result(process.exitValue());
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                throw new AssertionError(interrupted);
            }
        }

        /** Asks it to end, as Ctrl-C does, and waits. */
        public Result stop() {
            process.destroy();
            return await(20);
        }

        public String outSoFar() {
            return read(out);
        }

        String errSoFar() {
            return read(err);
        }

        private Result result(int exitCode) {
            return new Result(command, exitCode, read(out), read(err));
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
