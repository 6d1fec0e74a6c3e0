package io.barnabas.wire.record;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Zstd frames, one after the other. */
final class ZstdDecoder implements BlockDecoder {
    private final ByteBuf owner;
    private final ByteBuffer source;
    private final ZstdDecompressCtx context = ZstdContexts.take();
    private long expandedBytes;
    private boolean betweenFrames = true;

    ZstdDecoder(ByteBuf source) {
        this.owner = source;
        this.source = source.nioBuffer();
    }

    @Override
    public int nextRoom() {
        return betweenFrames && !source.hasRemaining() ? END : 1;
    }

    @Override
    public void decode(ByteBuffer target) {
        int from = target.position();
        int consumedFrom = source.position();
        try {
            betweenFrames = context.decompressDirectByteBufferStream(target, source);
        } catch (ZstdException wrong) {
            throw UnreadableRecordsException.undecodable("zstd: " + wrong.getMessage(), wrong);
        }
        expandedBytes += target.position() - from;
        boolean stuck = target.position() == from && source.position() == consumedFrom;
        if (stuck && !betweenFrames) {
            throw UnreadableRecordsException.undecodable("zstd: the stream is cut off");
        }
    }

    @Override
    public void close() {
        ZstdContexts.giveBack(context, expandedBytes);
        owner.release();
    }
}
