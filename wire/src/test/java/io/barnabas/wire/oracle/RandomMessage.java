package io.barnabas.wire.oracle;

import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.TaggedField;
import io.barnabas.wire.Uuid;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Fills an object of ours with random values through its setters: every field, whether the version has it or not. A null
 * is set where Kafka's description of the version allows one.
 */
public final class RandomMessage {
    private static final ClassValue<List<Method>> SETTERS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Stream.of(type.getMethods())
                    .filter(method -> method.getParameterCount() == 1
                            && method.getReturnType() == type
                            && !Modifier.isStatic(method.getModifiers()))
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();
        }
    };

    private final RandomGenerator random;

    public RandomMessage(RandomGenerator random) {
        this.random = random;
    }

    /** @param schema null where the version does not have the struct at all */
    public <T> T fill(Class<T> type, KafkaType schema) {
        return fill(type, schema, 0);
    }

    private <T> T fill(Class<T> type, KafkaType schema, int depth) {
        try {
            T message = type.getConstructor().newInstance();
            for (Method setter : SETTERS.get(type)) {
                setter.invoke(message, value(setter, schema, depth));
            }
            return message;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private Object value(Method setter, KafkaType schema, int depth) {
        if (setter.getName().equals("unknownTaggedFields")) {
            return unknownTags(schema);
        }
        KafkaType field = schema == null
                ? null
                : schema.allMembers().stream()
                        .filter(member -> member.isCalled(setter.getName()))
                        .map(KafkaType.Member::type)
                        .findFirst()
                        .orElse(null);
        if (field != null && field.isNullable() && random.nextInt(5) == 0) {
            return null;
        }
        return value(setter.getGenericParameterTypes()[0], field, depth);
    }

    private Object value(Type type, KafkaType schema, int depth) {
        if (type instanceof ParameterizedType list) {
            KafkaType element = schema == null ? null : schema.element().orElseThrow();
            List<Object> values = new ArrayList<>();
            for (int i = RandomValues.count(random, depth); i > 0; i--) {
                values.add(value(list.getActualTypeArguments()[0], element, depth + 1));
            }
            return values;
        }
        Class<?> plain = (Class<?>) type;
        return plain.isArray() ? array(plain, depth) : scalar(plain, schema, depth);
    }

    private Object array(Class<?> type, int depth) {
        int count = RandomValues.count(random, depth);
        if (type == byte[].class) {
            return RandomValues.bytes(random);
        } else if (type == long[].class) {
            return random.longs(count).toArray();
        } else if (type == int[].class) {
            return random.ints(count).toArray();
        }
        short[] values = new short[count];
        for (int i = 0; i < count; i++) {
            values[i] = (short) random.nextInt();
        }
        return values;
    }

    private Object scalar(Class<?> type, KafkaType schema, int depth) {
        if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type == byte.class) {
            return (byte) random.nextInt();
        } else if (type == short.class) {
            return (short) random.nextInt();
        } else if (type == int.class) {
            return schema != null && schema.kind().equals("UINT16") ? random.nextInt(1 << 16) : random.nextInt();
        } else if (type == long.class) {
            return schema != null && schema.kind().equals("UINT32") ? random.nextLong(1L << 32) : random.nextLong();
        } else if (type == double.class) {
            return random.nextDouble();
        } else if (type == String.class) {
            return RandomValues.string(random);
        } else if (type == Uuid.class) {
            return random.nextInt(4) == 0 ? Uuid.ZERO : new Uuid(random.nextLong(), random.nextLong());
        } else if (type == RecordsRef.class) {
            return new RecordsRef.Buffer(Unpooled.wrappedBuffer(RandomValues.bytes(random)));
        }
        return fill(type, schema, depth);
    }

    static List<String> fields(Class<?> type) {
        return SETTERS.get(type).stream().map(Method::getName).toList();
    }

    /** Only numbers that no field has; none where the version has no tagged section, for there they could not travel. */
    private List<TaggedField> unknownTags(KafkaType schema) {
        if (schema == null) {
            return List.of();
        }
        List<KafkaType.Member> members = schema.members();
        if (members.isEmpty() || !members.get(members.size() - 1).type().kind().equals("TAGS")) {
            return List.of();
        }
        Set<Integer> known = members.get(members.size() - 1).type().tags().keySet();
        Set<Integer> tags = new TreeSet<>();
        while (random.nextInt(4) == 0) {
            tags.add(RandomValues.unknownTag(random));
        }
        tags.removeAll(known);
        List<TaggedField> fields = new ArrayList<>();
        tags.forEach(tag -> fields.add(new TaggedField(tag, RandomValues.bytes(random))));
        return fields;
    }
}
