package io.barnabas.cluster.znodes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The few shapes of JSON that nodes hold: objects as maps, arrays as lists, numbers as Long or Double. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Empty where the bytes are not a JSON object. */
    static Optional<Map<String, Object>> object(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? Optional.of(objectAt(parser)) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    static byte[] bytes(Map<String, ?> object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            write(generator, object);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    static int intAt(Map<String, Object> object, String key, int missing) {
        return object.get(key) instanceof Number number ? number.intValue() : missing;
    }

    static String textAt(Map<String, Object> object, String key) {
        return object.get(key) instanceof String text ? text : null;
    }

    /** The whole numbers of an array; nothing where there is none. */
    static List<Integer> intsAt(Map<String, Object> object, String key) {
        return ints(object.get(key));
    }

    static List<Integer> ints(Object array) {
        List<Integer> numbers = new ArrayList<>();
        if (array instanceof List<?> elements) {
            for (Object element : elements) {
                if (element instanceof Number number) {
                    numbers.add(number.intValue());
                }
            }
        }
        return List.copyOf(numbers);
    }

    /** The object of that key; an empty one where there is none. */
    static Map<String, Object> objectAt(Map<String, Object> object, String key) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (object.get(key) instanceof Map<?, ?> nested) {
            nested.forEach((name, value) -> copy.put((String) name, value));
        }
        return copy;
    }

    /** The objects of an array; anything else in it is passed over. */
    static List<Map<String, Object>> objectsAt(Map<String, Object> object, String key) {
        List<Map<String, Object>> objects = new ArrayList<>();
        if (object.get(key) instanceof List<?> elements) {
            for (Object element : elements) {
                objects.add(objectAt(Map.of("element", element), "element"));
            }
        }
        return objects;
    }

    private static Map<String, Object> objectAt(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, valueAt(parser));
        }
        return object;
    }

    private static Object valueAt(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> objectAt(parser);
            case START_ARRAY -> arrayAt(parser);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static List<Object> arrayAt(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(valueAt(parser));
        }
        return array;
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                generator.writeFieldName(entry.getKey().toString());
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> array) {
            generator.writeStartArray();
            for (Object element : array) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value.toString());
        }
    }
}
