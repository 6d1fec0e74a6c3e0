package io.barnabas.wire.oracle;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;

/** One version of one message as a release of Kafka reads and writes it. */
public final class KafkaMessage {
    private static final String PROTOCOL = "org.apache.kafka.common.protocol.";

    private final Class<?> type;
    private final short version;
    private final Constructor<?> accessor;
    private final Constructor<?> cache;
    private final Method read;
    private final Method write;

    private KafkaMessage(
            Class<?> type, short version, Constructor<?> accessor, Constructor<?> cache, Method read, Method write) {
        this.type = type;
        this.version = version;
        this.accessor = accessor;
        this.cache = cache;
        this.read = read;
        this.write = write;
    }

    static KafkaMessage load(ClassLoader loader, String name) throws ClassNotFoundException {
        Class<?> type = Class.forName("org.apache.kafka.common.message." + name, true, loader);
        Class<?> readable = Class.forName(PROTOCOL + "Readable", true, loader);
        Class<?> writable = Class.forName(PROTOCOL + "Writable", true, loader);
        Class<?> cache = Class.forName(PROTOCOL + "ObjectSerializationCache", true, loader);
        Class<?> accessor = Class.forName(PROTOCOL + "ByteBufferAccessor", true, loader);
        try {
            return new KafkaMessage(
                    type,
                    (short) -1,
                    accessor.getConstructor(ByteBuffer.class),
                    cache.getConstructor(),
                    type.getMethod("read", readable, short.class),
                    type.getMethod("write", writable, cache, short.class));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean has(short asked) {
        return constant("LOWEST_SUPPORTED_VERSION") <= asked && asked <= constant("HIGHEST_SUPPORTED_VERSION");
    }

    private short constant(String name) {
        try {
            return type.getField(name).getShort(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    KafkaMessage at(short chosen) {
        return new KafkaMessage(type, chosen, accessor, cache, read, write);
    }

    public KafkaType schema() {
        try {
            Object[] schemas = (Object[]) type.getField("SCHEMAS").get(null);
            return new KafkaType(schemas[version]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public Object create() {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails where bytes are left over. */
    public Object read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            Object message = create();
            read.invoke(message, accessor.newInstance(buffer), version);
            if (buffer.hasRemaining()) {
                throw new AssertionError(this + " leaves " + buffer.remaining() + " bytes");
            }
            return message;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(this + " cannot read: " + e.getCause(), e);
        }
    }

    /** @param sizeLimit at least the size of the encoding */
    public byte[] write(Object message, int sizeLimit) {
        ByteBuffer buffer = ByteBuffer.allocate(sizeLimit);
        try {
            Object filled = cache.newInstance();
            // Asking for the size is what fills the cache that writing leans on.
            type.getMethod("size", cache.getDeclaringClass(), short.class).invoke(message, filled, version);
            write.invoke(message, accessor.newInstance(buffer), filled, version);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(this + " cannot write: " + e.getCause(), e);
        }
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " v" + version;
    }
}
