package io.barnabas.bench.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file in the page cache, to be sent in a circle. Deleted when it is closed. */
final class SentFile implements AutoCloseable {
    private static final int BYTES = 64 << 20;

    private final FileChannel file;
    private long position;

    private SentFile(FileChannel file) {
        this.file = file;
    }

    static SentFile in(Path directory) throws IOException {
        Path path = Files.createTempFile(directory, "limit", ".dat");
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        return new SentFile(file);
    }

    void sendTo(WritableByteChannel socket, int bytes) throws IOException {
        for (int sent = 0; sent < bytes; ) {
            long moved = file.transferTo(position, Math.min(bytes - sent, BYTES - position), socket);
            sent += (int) moved;
            position = (position + moved) % BYTES;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
