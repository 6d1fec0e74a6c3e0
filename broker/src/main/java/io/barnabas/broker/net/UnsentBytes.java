package io.barnabas.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.channel.MessageSizeEstimator;

/**
 * Counts what waits to be sent, parts of files included: Netty would count those as nothing, and a client that does not
 * read its answers could pile up any number of them.
 */
final class UnsentBytes implements MessageSizeEstimator, MessageSizeEstimator.Handle {
    static final UnsentBytes INSTANCE = new UnsentBytes();

    private UnsentBytes() {}

    @Override
    public Handle newHandle() {
        return this;
    }

    @Override
    public int size(Object message) {
        if (message instanceof ByteBuf bytes) {
            return bytes.readableBytes();
        }
        return message instanceof FileRegion region ? (int) Math.min(region.count(), Integer.MAX_VALUE) : 0;
    }
}
