package io.barnabas.broker.net;

import io.barnabas.wire.RecordsRef.FileSlice;
import io.netty.channel.DefaultFileRegion;

/**
 * A part of a segment file on its way to a socket. The native transport uses sendfile for this class only; unlike it,
 * the region does not close the file, which belongs to the log, but gives it back.
 */
final class SharedFileRegion extends DefaultFileRegion {
    private final FileSlice slice;

    SharedFileRegion(FileSlice slice) {
        super(slice.channel(), slice.position(), slice.sizeInBytes());
        this.slice = slice;
    }

    @Override
    protected void deallocate() {
        slice.release();
    }
}
