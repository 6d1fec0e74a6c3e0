package io.barnabas.bench.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends to a new file, which does not wait for the disk. */
record Appending(Path directory, int writeBytes) implements Job {
    private static final long FILE_BYTES = 256L << 20;

    @Override
    public Moved run() throws IOException {
        Path path = Files.createTempFile(directory, "limit", ".dat");
        ByteBuffer block = ByteBuffer.allocateDirect(writeBytes);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long cpu = ThreadTime.ns();
            long begin = System.nanoTime();
            for (long written = 0; written < FILE_BYTES; written += writeBytes) {
                block.clear();
                while (block.hasRemaining()) {
                    file.write(block);
                }
            }
            return new Moved(FILE_BYTES, System.nanoTime() - begin, ThreadTime.ns() - cpu);
        } finally {
            Files.delete(path);
        }
    }
}
