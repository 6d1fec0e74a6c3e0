package io.barnabas.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** An open file of a {@link MemoryDisk}. It can be neither mapped nor locked in parts. Confined to one thread. */
final class MemoryFileChannel extends FileChannel {
    private final MemoryFile file;
    private long position;

    MemoryFileChannel(MemoryFile file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer target) {
        int read = file.read(target, position);
        position += Math.max(0, read);
        return read;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            int read = read(targets[i]);
            if (read < 0) {
                return total == 0 ? -1 : total;
            }
            total += read;
        }
        return total;
    }

    @Override
    public int read(ByteBuffer target, long at) {
        return file.read(target, at);
    }

    @Override
    public int write(ByteBuffer source) {
        int written = file.write(source, position);
        position += written;
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            total += write(sources[i]);
        }
        return total;
    }

    @Override
    public int write(ByteBuffer source, long at) {
        return file.write(source, at);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public FileChannel truncate(long size) {
        file.truncate(size);
        position = Math.min(position, size);
        return this;
    }

    @Override
    public void force(boolean metaData) {}

    @Override
    public long transferTo(long at, long count, WritableByteChannel target) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(count, Math.max(0, file.size() - at)));
        file.read(bytes, at);
        return target.write(bytes.flip());
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(count));
        int read = source.read(bytes);
        return read <= 0 ? 0 : file.write(bytes.flip(), at);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) {
        throw new UnsupportedOperationException("a file in memory is not mapped");
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) {
        throw new UnsupportedOperationException("a file in memory is locked by its disk");
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) {
        throw new UnsupportedOperationException("a file in memory is locked by its disk");
    }

    @Override
    protected void implCloseChannel() {}
}
