package io.barnabas.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/** A file of a {@link FaultyDisk}. */
final class FaultyFileChannel extends DelegatingFileChannel {
    private final FaultyDisk disk;
    private final Path path;

    FaultyFileChannel(FileChannel file, FaultyDisk disk, Path path) {
        super(file);
        this.disk = disk;
        this.path = path;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int read = file.read(target, position);
        disk.watcher().read(path, position, read);
        return read;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int written = write(source, file.position());
        file.position(file.position() + written);
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            written += write(sources[i]);
        }
        return written;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        try {
            disk.change("writing " + path);
        } catch (IOException fault) {
            writeHalf(source, position);
            throw fault;
        }
        if (disk.isFull()) {
            writeHalf(source, position);
            throw new IOException("No space left on device");
        }
        int written = file.write(source, position);
        disk.watcher().written(path, position, written);
        return written;
    }

    private void writeHalf(ByteBuffer source, long position) throws IOException {
        file.write(source.slice(source.position(), source.remaining() / 2), position);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.change("truncating " + path);
        file.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.watcher().fsyncBegins(path);
        disk.change("fsync of " + path);
        disk.watcher().fsyncEnded(path);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        disk.change("writing " + path);
        return file.transferFrom(source, position, count);
    }
}
