package io.barnabas.cluster.registration;

import io.barnabas.cluster.store.SessionTicket;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;

/**
 * The ticket of this broker's session, kept on disk: a start that finds it knows that its owner is dead, because it
 * holds the data's lock, and can end that session instead of waiting until it expires. Blocks on the disk.
 */
public final class SessionFile {
    private static final int MAX_BYTES = 64 * 1024;

    private final Disk disk;
    private final Path file;
    private final String connect;

    /** @param connect which ZooKeeper the session is with; tickets of another one are of no use */
    public SessionFile(Disk disk, Path file, String connect) {
        this.disk = disk;
        this.file = file;
        this.connect = connect;
    }

    /** Empty where there is none, or none that can be read. */
    public Optional<SessionTicket> read() throws IOException {
        if (!disk.exists(file) || disk.size(file) > MAX_BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) disk.size(file));
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // On to the end of the file.
            }
        }
        String[] lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).split("\n");
        if (lines.length != 3 || !lines[0].equals(connect)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SessionTicket(
                    Long.parseUnsignedLong(lines[1], 16), Base64.getDecoder().decode(lines[2])));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    public void write(SessionTicket ticket) throws IOException {
        String text = connect + "\n" + Long.toHexString(ticket.sessionId()) + "\n"
                + Base64.getEncoder().encodeToString(ticket.password()) + "\n";
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        disk.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = disk.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        disk.rename(unfinished, file);
    }
}
