package io.barnabas.bench.broker;

import io.barnabas.bench.load.RawConnection;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One broker that is measured, in a directory of its own, on loopback. Used by one thread. */
public final class Contender {
    private static final long START_LIMIT_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long PROBE_EVERY_MS = 2;

    private final Launcher launcher;
    private final Path directory;
    private final InetSocketAddress address;
    private String recording;
    private volatile Process companion;
    private volatile Process process;

    public Contender(Launcher launcher, Path directory, int port) {
        this.launcher = launcher;
        this.directory = directory;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public String name() {
        return launcher.name();
    }

    public InetSocketAddress address() {
        return address;
    }

    /** The address as clients of Kafka want it. */
    public String bootstrapServers() {
        return "127.0.0.1:" + address.getPort();
    }

    public Path directory() {
        return directory;
    }

    /** Empties the directory, and starts what the broker needs beside it. */
    public void prepare() throws IOException, InterruptedException {
        deleteRecursively(directory);
        Files.createDirectories(directory);
        launcher.prepare(directory, address.getPort());
        companion = launcher.startCompanion(directory);
    }

    /** Starts the broker; returns at once. */
    public void exec(Pins pins) throws IOException {
        begin(pins.apply(launcher.command(directory)));
    }

    private void begin(List<String> command) throws IOException {
        ProcessBuilder broker = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        Redirect.appendTo(directory.resolve("server.log").toFile()));
        if (recording != null) {
            broker.environment().put("JAVA_TOOL_OPTIONS", recording);
        }
        process = broker.start();
    }

    /** As {@link #exec}, allowed so many open files and no more. */
    public void exec(Pins pins, int maxOpenFiles) throws IOException {
        List<String> limited =
                new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -n " + maxOpenFiles + " && exec \"$@\"", "limited"));
        limited.addAll(launcher.command(directory));
        begin(pins.apply(limited));
    }

    /** Waits until the broker answers. */
    public RawConnection connect() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            try {
                RawConnection connection = RawConnection.open(address);
                if (!process.isAlive()) {
                    connection.close();
                    throw new IOException("somebody else listens on " + address);
                }
                return connection;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT_NS) {
                    throw new IOException(name() + " does not answer; see " + directory.resolve("server.log"), notYet);
                }
                TimeUnit.MILLISECONDS.sleep(PROBE_EVERY_MS);
            }
        }
    }

    public ProcessFigures figures() throws IOException {
        return ProcessFigures.of(process.pid());
    }

    /** Bytes that its threads have allocated on the Java heap so far; negative when the JDK does not tell. */
    public double allocatedBytes() throws IOException, InterruptedException {
        return Allocations.of(process.pid());
    }

    /** Has the broker record what these settings of the flight recorder say. */
    public void beginRecording(Path settings) throws IOException, InterruptedException {
        FlightRecorder.begin(process.pid(), settings);
    }

    public void endRecording(Path file) throws IOException, InterruptedException {
        FlightRecorder.end(process.pid(), file);
    }

    /** As {@link #beginRecording}, from each start to come to its end; a file each in a folder that exists. */
    public void recordLives(Path settings, Path folder) {
        recording = FlightRecorder.option(settings, folder);
    }

    public void recordNoLives() {
        recording = null;
    }

    /** Ends the broker in its own way; its files stay. */
    public void stop() throws InterruptedException {
        end(process);
        process = null;
    }

    /** Ends the broker without a word to it, as a crash would. */
    public void crash() throws InterruptedException {
        process.destroyForcibly().waitFor();
        process = null;
    }

    /** How many files and connections the broker has open. */
    public int openFiles() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return (int) open.count();
        }
    }

    /** Ends everything and deletes the files. */
    public void close() throws IOException, InterruptedException {
        end();
        deleteRecursively(directory);
    }

    /**
     * Ends everything and leaves the files beside, until {@link #deleteSetAside()}. For minutes after many files were deleted, ext4
     * looks past each of them whenever it makes one, which would be charged to whoever has the next turn.
     */
    public void setAside() throws IOException, InterruptedException {
        end();
        Files.createDirectories(aside());
        long lives;
        try (Stream<Path> earlier = Files.list(aside())) {
            lives = earlier.count();
        }
        Files.move(directory, aside().resolve(Long.toString(lives)));
    }

    public void deleteSetAside() throws IOException {
        deleteRecursively(aside());
    }

    private Path aside() {
        return directory.resolveSibling(directory.getFileName() + "-aside");
    }

    private void end() throws InterruptedException {
        end(process);
        end(companion);
        process = null;
        companion = null;
    }

    /** For when the bench itself is ended. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
        if (companion != null) {
            companion.destroyForcibly();
        }
    }

    private static void end(Process process) throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static void deleteRecursively(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
