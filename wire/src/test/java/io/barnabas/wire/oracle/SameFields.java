package io.barnabas.wire.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.Uuid;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Compares an object of Kafka's with one of ours, field by field, by the names both give them. */
public final class SameFields {
    private static final ClassValue<List<Method>> GETTERS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Stream.of(type.getMethods())
                    .filter(method -> method.getParameterCount() == 0)
                    .toList();
        }
    };

    private SameFields() {}

    /** Every field that the version has must be there in both and equal; the others must be in ours as in a new object. */
    public static void check(String where, KafkaType schema, Object kafkas, Object ours) {
        List<KafkaType.Member> members = schema.allMembers();
        for (String field : RandomMessage.fields(ours.getClass())) {
            if (members.stream().noneMatch(member -> member.isCalled(field)) && !field.equals("unknownTaggedFields")) {
                KafkaType.Member none = new KafkaType.Member(field, null);
                assertThat(ask(ours, none)).as(where + "." + field).isEqualTo(ask(fresh(ours), none));
            }
        }
        for (KafkaType.Member member : members) {
            String path = where + "." + member.name();
            same(path, member.type(), ask(kafkas, member), ask(ours, member));
        }
    }

    private static Object fresh(Object ours) {
        try {
            return ours.getClass().getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object ask(Object object, KafkaType.Member member) {
        for (Method getter : GETTERS.get(object.getClass())) {
            if (member.isCalled(getter.getName())) {
                try {
                    return getter.invoke(object);
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError(object.getClass() + " has no " + member.name());
    }

    private static void same(String path, KafkaType type, Object kafkas, Object ours) {
        if (kafkas == null || ours == null) {
            assertThat(ours).as(path).isEqualTo(kafkas);
            return;
        }
        switch (type.kind()) {
            case "STRUCT" -> check(path, type, kafkas, ours);
            case "ARRAY" -> sameLists(path, type.element().orElseThrow(), kafkas, ours);
            case "RECORDS" ->
                assertThat(((RecordsRef) ours).sizeInBytes()).as(path).isEqualTo(sizeOfRecords(kafkas));
            default -> assertThat(plain(ours)).as(path).isEqualTo(plain(kafkas));
        }
    }

    private static void sameLists(String path, KafkaType element, Object kafkas, Object ours) {
        List<Object> theirs = list(kafkas);
        List<Object> mine = list(ours);
        assertThat(mine).as(path).hasSameSizeAs(theirs);
        for (int i = 0; i < mine.size(); i++) {
            same(path + "[" + i + "]", element, theirs.get(i), mine.get(i));
        }
    }

    private static List<Object> list(Object values) {
        if (values instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(values); i++) {
            list.add(Array.get(values, i));
        }
        return list;
    }

    private static int sizeOfRecords(Object records) {
        try {
            return (int) records.getClass().getMethod("sizeInBytes").invoke(records);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        return value instanceof Uuid || value.getClass().getSimpleName().equals("Uuid") ? value.toString() : value;
    }
}
