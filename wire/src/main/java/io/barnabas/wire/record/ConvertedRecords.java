package io.barnabas.wire.record;

import io.barnabas.wire.RecordsRef;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;

/**
 * Stored batches on their way to a reader of an older format, converted a chunk at a time while they are sent. Their
 * size is announced before it is known: it is that of the stored bytes, or of the first converted batch where that is
 * larger. What is too long is cut off; what is missing at the end is made up by the beginning of a message that is longer
 * than the rest, which every reader takes for one that was cut off. Such a beginning is all that comes where nothing
 * became of the stored bytes.
 *
 * <p>In memory are a chunk while one is converted, and until it is sent the first batch, if it is small; a large one is
 * converted once more. One thread at a time, which may wait for the disk; it owns the stored records.
 */
public final class ConvertedRecords implements RecordsRef.Pieces {
    /** Offset and length: with less than that, nothing looks like a message that was cut off. */
    private static final int SMALLEST_FILLER = BatchHeader.LOG_OVERHEAD;

    private static final int FILLER_PIECE_BYTES = 128 * 1024;

    /** A first batch up to this size is kept. */
    private static final int KEPT_BYTES = 64 * 1024;

    private final RecordsRef stored;
    private final StoredBatches batches;
    private final DownConverter converter;
    private final ByteBufAllocator allocator;

    /** Batches from the reader index on are still to be converted; null when the next chunk is not read yet. */
    private ByteBuf chunk;

    /** The first batch that anything became of, until it is taken; null too when it is to be converted again. */
    private ByteBuf first;

    private boolean empty = true;
    private long nextOffset;
    private int sizeInBytes;
    private int left;
    private boolean converting = true;

    private ConvertedRecords(RecordsRef stored, byte toMagic, long firstOffset, ByteBufAllocator allocator) {
        this.stored = stored;
        this.batches = new StoredBatches(stored, allocator);
        this.converter = new DownConverter(toMagic, firstOffset, allocator);
        this.allocator = allocator;
        this.nextOffset = firstOffset;
    }

    /**
     * Takes the records over, of which there are some. Throws {@link UnreadableRecordsException}, having released them,
     * when the first batch that the reader would see cannot be converted: its codec is none of that format, or it is
     * damaged.
     *
     * @param firstOffset what the reader asked for
     */
    public static ConvertedRecords of(RecordsRef stored, byte toMagic, long firstOffset, ByteBufAllocator allocator)
            throws IOException {
        ConvertedRecords converted = new ConvertedRecords(stored, toMagic, firstOffset, allocator);
        try {
            converted.begin();
            return converted;
        } catch (IOException | RuntimeException impossible) {
            converted.release();
            throw impossible;
        }
    }

    /** Nothing that the reader could see is in the stored batches. */
    public boolean isEmpty() {
        return empty;
    }

    /** When it is empty: where whoever wants to see something has to read on; the first offset if no batch is whole. */
    public long nextOffset() {
        return nextOffset;
    }

    @Override
    public int sizeInBytes() {
        return sizeInBytes;
    }

    @Override
    public ByteBuf next() {
        ByteBuf piece = first != null ? first : nextConverted();
        first = null;
        if (piece == null) {
            piece = filler();
        }
        int length = Math.min(piece.readableBytes(), left);
        left -= length;
        return piece.writerIndex(piece.readerIndex() + length);
    }

    @Override
    public void release() {
        release(chunk);
        release(first);
        chunk = null;
        first = null;
        stored.release();
    }

    private void begin() throws IOException {
        ByteBuf converted = allocator.directBuffer();
        try {
            int before = 0;
            while (!converted.isReadable() && hasBatch()) {
                before = positionInStored();
                convertOne(converted);
            }
            empty = !converted.isReadable();
            sizeInBytes = empty ? SMALLEST_FILLER : Math.max(stored.sizeInBytes(), converted.readableBytes());
            left = sizeInBytes;
            keep(converted, before);
        } finally {
            converted.release();
        }
    }

    /** Until it is asked for more, it holds as little as it can: it may have to wait for a slow reader. */
    private void keep(ByteBuf converted, int before) {
        boolean small = converted.readableBytes() <= KEPT_BYTES;
        batches.continueAt(small ? positionInStored() : before);
        release(chunk);
        chunk = null;
        if (small && !empty) {
            first = allocator.directBuffer(converted.readableBytes()).writeBytes(converted);
        }
    }

    private int positionInStored() {
        return batches.position() - (chunk == null ? 0 : chunk.readableBytes());
    }

    /** What becomes of at least one batch and at most a chunk; null when nothing more comes. */
    private ByteBuf nextConverted() {
        ByteBuf converted = allocator.directBuffer();
        try {
            while (converting && !converted.isReadable() && hasBatch()) {
                while (chunk.isReadable()) {
                    convertOne(converted);
                }
            }
        } catch (UnreadableRecordsException | IOException told) {
            // The reader comes back for what is missing, and is told then.
            converting = false;
        } catch (RuntimeException | Error fault) {
            converted.release();
            throw fault;
        }
        if (converted.isReadable()) {
            return converted;
        }
        converted.release();
        return null;
    }

    private boolean hasBatch() throws IOException {
        if (chunk != null && !chunk.isReadable()) {
            chunk.release();
            chunk = null;
        }
        if (chunk == null) {
            chunk = batches.next();
        }
        return chunk != null;
    }

    private void convertOne(ByteBuf target) {
        int at = chunk.readerIndex();
        int size = BatchHeader.sizeInBytes(chunk, at);
        converter.convert(chunk, at, size, target);
        chunk.readerIndex(at + size);
        nextOffset = 1
                + (BatchHeader.magic(chunk, at) == BatchHeader.MAGIC_V2
                        ? BatchHeader.lastOffset(chunk, at)
                        : BatchHeader.baseOffset(chunk, at));
    }

    /** What begins the filler begins each of its pieces anew, as in Kafka; readers look at the first only. */
    private ByteBuf filler() {
        converting = false;
        int length = Math.min(left, FILLER_PIECE_BYTES);
        ByteBuf filler = allocator.directBuffer(Math.max(length, SMALLEST_FILLER));
        filler.writeLong(-1).writeInt(Math.max(left + 1, BatchHeader.HEADER_BYTES));
        return filler.writeZero(Math.max(0, length - SMALLEST_FILLER));
    }

    private static void release(ByteBuf bytes) {
        if (bytes != null) {
            bytes.release();
        }
    }
}
