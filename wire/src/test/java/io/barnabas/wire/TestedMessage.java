package io.barnabas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** One version of a generated message, reached by name. */
record TestedMessage(Class<? extends Message> type, short version) {

    static TestedMessage of(String name, short version) {
        try {
            return new TestedMessage(
                    Class.forName("io.barnabas.wire.message." + name).asSubclass(Message.class), version);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    Message create() {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails where bytes are left over. Nobody owns the frame, so that records in the message may be written on. */
    Message read(byte[] bytes) {
        ByteReader in = new ByteReader(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes)));
        Message message = read(in);
        assertThat(in.remaining()).as("%s leaves bytes", this).isZero();
        return message;
    }

    Message read(ByteReader in) {
        try {
            Method read = type.getMethod("read", ByteReader.class, short.class);
            return type.cast(read.invoke(null, in, version));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    int sizeInBytes(Message message) {
        return message.sizeInBytes(version);
    }

    /** As a frame would carry it, with records in their place. */
    byte[] write(Message message) {
        ByteWriter out = new ByteWriter(Unpooled.buffer());
        message.write(out, version);
        ByteBuf all = Unpooled.buffer();
        for (Object part : out.finish()) {
            all.writeBytes((ByteBuf) part);
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " v" + version;
    }
}
