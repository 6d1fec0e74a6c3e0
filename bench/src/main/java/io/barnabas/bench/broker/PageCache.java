package io.barnabas.bench.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** What the system keeps of files in memory. Stateless. */
public final class PageCache {
    private static final int PIECE_BYTES = 1 << 20;

    private PageCache() {}

    /** Writes to the disk whatever waits for it on the file system of a folder, so that nobody's processor does so later. */
    public static void write(Path folder) throws IOException, InterruptedException {
        run("sync", "-f", folder.toString());
    }

    /**
     * Has the system hold so much memory for files that come. The host of a virtual machine takes memory back that was
     * free for long, and whoever writes to it next pays ten times for it: with this, nobody who is measured does.
     */
    public static void makeRoom(Path folder, long bytes) throws IOException {
        Path file = folder.resolve("room");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
            for (long written = 0; written < bytes; written += PIECE_BYTES) {
                channel.write(piece.clear());
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Writes the segments below a folder to the disk and has the system forget them; needs GNU dd, but no rights. */
    public static void forget(Path folder) throws IOException, InterruptedException {
        List<Path> segments;
        try (Stream<Path> walk = Files.walk(folder)) {
            segments = walk.filter(file -> file.getFileName().toString().matches("\\d+\\.log"))
                    .toList();
        }
        for (Path segment : segments) {
            try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            run("dd", "if=" + segment, "iflag=nocache", "count=0");
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }
}
