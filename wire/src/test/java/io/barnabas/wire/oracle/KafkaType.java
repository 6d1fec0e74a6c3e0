package io.barnabas.wire.oracle;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A view on a type of Kafka's own protocol description: what a version of a message looks like on the wire. */
public final class KafkaType {
    private final Object type;
    private final String kind;
    private final boolean isCompact;
    private final boolean isNullable;
    private final Optional<KafkaType> element;
    private final List<Member> members;
    private final Map<Integer, Member> tags;

    KafkaType(Object type) {
        this.type = type;
        this.element = ((Optional<?>) ask("arrayElementType")).map(KafkaType::new);
        this.isNullable = (boolean) ask("isNullable");
        String className = type.getClass().getSimpleName();
        this.kind = kind(className);
        this.isCompact = className.startsWith("Compact")
                || !kind.equals("STRUCT") && !kind.equals("TAGS") && name().startsWith("COMPACT_");
        this.members = kind.equals("STRUCT") ? readMembers() : List.of();
        this.tags = kind.equals("TAGS") ? readTags() : Map.of();
    }

    /** A named member of a struct. */
    public record Member(String name, KafkaType type) {
        /** Names are compared without case and underscores: {@code topic_id} is {@code topicId}. */
        public boolean isCalled(String javaName) {
            return name.replace("_", "").equalsIgnoreCase(javaName);
        }
    }

    private String kind(String className) {
        return switch (className) {
            case "Schema", "NullableSchema" -> "STRUCT";
            case "TaggedFields" -> "TAGS";
            case "ArrayOf", "CompactArrayOf" -> "ARRAY";
            default -> name().replace("COMPACT_", "").replace("NULLABLE_", "");
        };
    }

    private String name() {
        return (String) ask("typeName");
    }

    private List<Member> readMembers() {
        List<Member> read = new ArrayList<>();
        for (Object bound : (Object[]) ask("fields")) {
            read.add(member(get(bound, "def")));
        }
        return read;
    }

    private Map<Integer, Member> readTags() {
        Map<Integer, Member> read = new TreeMap<>();
        ((Map<?, ?>) hidden("fields")).forEach((tag, field) -> read.put((Integer) tag, member(field)));
        return read;
    }

    /** Without what says how lengths are written: {@code STRING}, {@code INT32}, {@code ARRAY}, {@code STRUCT}, {@code TAGS}. */
    public String kind() {
        return kind;
    }

    public boolean isCompact() {
        return isCompact;
    }

    public boolean isNullable() {
        return isNullable;
    }

    public Optional<KafkaType> element() {
        return element;
    }

    /** The members of a struct in order; the tagged section, where there is one, is the last. */
    public List<Member> members() {
        return members;
    }

    /** The members of a tagged section by their number. */
    public Map<Integer, Member> tags() {
        return tags;
    }

    /** All members of a struct, those in its tagged section among them. */
    public List<Member> allMembers() {
        List<Member> all = new ArrayList<>();
        for (Member member : members()) {
            if (member.type().kind().equals("TAGS")) {
                all.addAll(member.type().tags().values());
            } else {
                all.add(member);
            }
        }
        return all;
    }

    private static Member member(Object field) {
        return new Member((String) get(field, "name"), new KafkaType(get(field, "type")));
    }

    private static Object get(Object object, String field) {
        try {
            return object.getClass().getField(field).get(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The older release has no method for it. */
    private Object hidden(String name) {
        try {
            Field field = type.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object ask(String question) {
        try {
            Method method = type.getClass().getMethod(question);
            method.setAccessible(true);
            return method.invoke(type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getClass() + "." + question, e);
        }
    }

    @Override
    public String toString() {
        return kind();
    }
}
