package io.barnabas.testkit.disk;

import io.barnabas.testkit.disk.DiskChange.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file of a {@link SimulatedDisk}. It stays open whatever becomes of the file's name. */
final class SimulatedChannel extends FileChannel {
    private final SimulatedDisk disk;
    private final SimulatedFile file;
    private final Path path;
    private long position;

    SimulatedChannel(SimulatedDisk disk, SimulatedFile file, Path path) {
        this.disk = disk;
        this.file = file;
        this.path = path;
    }

    private void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(ByteBuffer target, long from) throws IOException {
        synchronized (disk) {
            checkOpen();
            return file.read(target, from);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        synchronized (disk) {
            int read = read(target, position);
            position += Math.max(0, read);
            return read;
        }
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            int read = read(targets[i]);
            if (read < 0) {
                return all == 0 ? -1 : all;
            }
            all += read;
        }
        return all;
    }

    @Override
    public int write(ByteBuffer source, long to) throws IOException {
        synchronized (disk) {
            checkOpen();
            byte[] written = new byte[source.remaining()];
            long number = disk.change(Kind.WRITE, path);
            source.get(written);
            file.write(number, written, to);
            disk.touched(file);
            return written.length;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        synchronized (disk) {
            int written = write(source, position);
            position += written;
            return written;
        }
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            all += write(sources[i]);
        }
        return all;
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
        synchronized (disk) {
            return file.size();
        }
    }

    @Override
    public FileChannel truncate(long newSize) throws IOException {
        synchronized (disk) {
            checkOpen();
            if (newSize < file.size()) {
                file.truncate(disk.change(Kind.TRUNCATE, path), newSize);
                disk.touched(file);
            }
            return this;
        }
    }

    @Override
    public void force(boolean metaData) throws IOException {
        synchronized (disk) {
            checkOpen();
            disk.change(Kind.FSYNC, path);
            file.fsync();
        }
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(count, Math.max(0, size() - from)));
        read(bytes, from);
        return target.write(bytes.flip());
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long to, long count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(count));
        source.read(bytes);
        return write(bytes.flip(), to);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) {
        throw new UnsupportedOperationException("no file is mapped into memory here");
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) {
        throw new UnsupportedOperationException("Disk.tryLock locks");
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) {
        throw new UnsupportedOperationException("Disk.tryLock locks");
    }

    @Override
    protected void implCloseChannel() {}
}
