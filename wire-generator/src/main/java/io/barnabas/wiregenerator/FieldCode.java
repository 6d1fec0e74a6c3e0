package io.barnabas.wiregenerator;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.Collections;
import java.util.List;

/** The Java of one field: its type, its default, how it is read, written and measured. */
final class FieldCode {
    private final Field field;
    private final FieldType type;
    private final Versions known;
    private final ClassName struct;

    /**
     * @param known the versions in which the struct around the field occurs
     * @param struct the class of the element, for structs
     */
    FieldCode(Field field, Versions known, ClassName struct) {
        this.field = field;
        this.type = field.type();
        this.known = known.and(field.versions());
        this.struct = struct;
    }

    Field field() {
        return field;
    }

    String name() {
        return field.javaName();
    }

    TypeName javaType() {
        if (type.isPrimitiveArray()) {
            return ArrayTypeName.of(elementType());
        }
        return type.isArray() ? ParameterizedTypeName.get(ClassName.get(List.class), elementType()) : elementType();
    }

    private TypeName elementType() {
        return switch (type.element()) {
            case "bool" -> TypeName.BOOLEAN;
            case "int8" -> TypeName.BYTE;
            case "int16" -> TypeName.SHORT;
            case "uint16", "int32" -> TypeName.INT;
            case "uint32", "int64" -> TypeName.LONG;
            case "float64" -> TypeName.DOUBLE;
            case "string" -> ClassName.get(String.class);
            case "uuid" -> Names.UUID;
            case "bytes" -> ArrayTypeName.of(byte.class);
            case "records" -> Names.RECORDS;
            default -> struct;
        };
    }

    /** A struct that is never null is made when somebody asks for it: most are tagged, and most stay as they are. */
    boolean isMadeOnDemand() {
        return type.isStruct() && field.nullable().isEmpty() && !field.defaultsToNull();
    }

    /** The value a new object starts with; null where the Java default is the same. */
    CodeBlock initialValue() {
        if (field.defaultsToNull() || isMadeOnDemand() || type.is("records")) {
            return null;
        }
        if (type.isNumber()) {
            return numberDefault();
        }
        if (type.isPrimitiveArray() || type.is("bytes")) {
            return CodeBlock.of("$T.NO_$L", Names.READER, type.is("bytes") ? "BYTES" : plural());
        }
        if (type.isList()) {
            return CodeBlock.of("$T.emptyList()", Collections.class);
        }
        return switch (type.element()) {
            case "string" -> CodeBlock.of("$S", field.defaultText() == null ? "" : field.defaultText());
            case "uuid" -> CodeBlock.of("$T.ZERO", Names.UUID);
            default -> CodeBlock.of("new $T()", struct);
        };
    }

    private CodeBlock numberDefault() {
        String text = field.defaultText();
        if (text == null || text.equals("0") || text.equalsIgnoreCase("false")) {
            return null;
        }
        return switch (type.element()) {
            case "bool" -> CodeBlock.of("true");
            case "int64", "uint32" -> CodeBlock.of("$LL", Long.decode(text));
            case "float64" -> CodeBlock.of("$L", Double.parseDouble(text));
            default -> CodeBlock.of("$L", Integer.decode(text));
        };
    }

    private String plural() {
        return type.element().toUpperCase(java.util.Locale.ROOT) + "S";
    }

    private String readerName() {
        return Character.toUpperCase(type.element().charAt(0))
                + type.element().substring(1)
                + (type.isArray() ? "s" : "");
    }

    CodeBlock read() {
        String nullable = field.nullable().condition(known);
        String flexible = flexible();
        if (type.isStruct()) {
            CodeBlock plain = CodeBlock.of("$T.read(in, version)", struct);
            return switch (nullable) {
                case "false" -> plain;
                case "true" -> CodeBlock.of("in.readPresence() ? $L : null", plain);
                default -> CodeBlock.of("!($L) || in.readPresence() ? $L : null", nullable, plain);
            };
        }
        if (type.isList() && type.elementIsStruct()) {
            return CodeBlock.of(
                    "$1T.readList(in, version, in.readCount($2L, $3L, $1T.LEAST_BYTES))", struct, flexible, nullable);
        }
        if (!type.isArray() && type.fixedElementBytes() > 0) {
            return CodeBlock.of("in.read$L()", readerName());
        }
        return CodeBlock.of("in.read$L($L, $L)", readerName(), flexible, nullable);
    }

    CodeBlock write() {
        String flexible = flexible();
        if (type.isStruct()) {
            CodeBlock.Builder code = CodeBlock.builder();
            String nullable = field.nullable().condition(known);
            if (nullable.equals("false")) {
                return code.addStatement("$L.write(out, version)", value()).build();
            }
            if (nullable.equals("true")) {
                code.addStatement("out.writePresence($L)", value());
            } else {
                code.beginControlFlow("if ($L)", nullable)
                        .addStatement("out.writePresence($L)", value())
                        .endControlFlow();
            }
            return code.beginControlFlow("if ($L != null)", value())
                    .addStatement("$L.write(out, version)", value())
                    .endControlFlow()
                    .build();
        }
        if (type.isList() && type.elementIsStruct()) {
            return CodeBlock.builder()
                    .addStatement("$T.writeList($L, out, version, $L)", struct, checkedValue(), flexible)
                    .build();
        }
        if (!type.isArray() && type.fixedElementBytes() > 0) {
            return CodeBlock.builder()
                    .addStatement("out.write$L($L)", readerName(), value())
                    .build();
        }
        return CodeBlock.builder()
                .addStatement("out.write$L($L, $L)", readerName(), checkedValue(), flexible)
                .build();
    }

    /** The value, after a check that it is not null in a version which knows no null. */
    private CodeBlock checkedValue() {
        String nullable = field.nullable().condition(known);
        return switch (nullable) {
            case "true" -> value();
            case "false" -> CodeBlock.of("$T.notNull($L, $S)", Names.WRITER, value(), name());
            default -> CodeBlock.of("$1L ? $2L : $3T.notNull($2L, $4S)", nullable, value(), Names.WRITER, name());
        };
    }

    CodeBlock size() {
        String flexible = flexible();
        if (type.isStruct()) {
            String nullable = field.nullable().condition(known);
            return switch (nullable) {
                case "false" -> CodeBlock.of("$L.sizeInBytes(version)", value());
                case "true" -> CodeBlock.of("1 + ($1L == null ? 0 : $1L.sizeInBytes(version))", value());
                default ->
                    CodeBlock.of("($2L ? 1 : 0) + ($1L == null ? 0 : $1L.sizeInBytes(version))", value(), nullable);
            };
        }
        if (type.isList() && type.elementIsStruct()) {
            return CodeBlock.of("$T.sizeOfList($L, version, $L)", struct, value(), flexible);
        }
        if (!type.isArray() && type.fixedElementBytes() > 0) {
            return CodeBlock.of("$L", type.fixedElementBytes());
        }
        String method =
                Character.toLowerCase(readerName().charAt(0)) + readerName().substring(1);
        return CodeBlock.of("$T.$L($L, $L)", Names.SIZES, method, value(), flexible);
    }

    /** Whether the value differs from the default, for only then a tagged field travels. */
    CodeBlock differsFromDefault() {
        CodeBlock value = CodeBlock.of("this.$L", name());
        if (type.is("bool")) {
            return numberDefault() == null ? value : CodeBlock.of("!$L", value);
        }
        if (type.isNumber()) {
            return CodeBlock.of("$L != $L", value, numberDefault() == null ? "0" : numberDefault());
        }
        if (field.defaultsToNull() || type.is("records")) {
            return CodeBlock.of("$L != null", value);
        }
        if (isMadeOnDemand()) {
            return CodeBlock.of("$1L != null && !$1L.equals($2T.UNSET)", value, struct);
        }
        if (type.isStruct()) {
            return CodeBlock.of("!$T.UNSET.equals($L)", struct, value);
        }
        if (type.isPrimitiveArray() || type.is("bytes")) {
            return CodeBlock.of("$1L == null || $1L.length > 0", value);
        }
        if (type.isList()) {
            return CodeBlock.of("$1L == null || !$1L.isEmpty()", value);
        }
        return CodeBlock.of("!$L.equals($L)", initialValue(), value);
    }

    /** How the class's own methods reach the value. */
    CodeBlock value() {
        return isMadeOnDemand() ? CodeBlock.of("$L()", name()) : CodeBlock.of("this.$L", name());
    }

    CodeBlock equality() {
        if (type.isNumber()) {
            return type.is("float64")
                    ? CodeBlock.of("Double.compare(this.$1L, that.$1L) == 0", name())
                    : CodeBlock.of("this.$1L == that.$1L", name());
        }
        ClassName comparer = ClassName.get("java.util", javaType() instanceof ArrayTypeName ? "Arrays" : "Objects");
        CodeBlock other = isMadeOnDemand() ? CodeBlock.of("that.$L()", name()) : CodeBlock.of("that.$L", name());
        return CodeBlock.of("$T.equals($L, $L)", comparer, value(), other);
    }

    CodeBlock hash() {
        if (type.isNumber()) {
            return CodeBlock.of("$T.hashCode(this.$L)", javaType().box(), name());
        }
        ClassName hasher = ClassName.get("java.util", javaType() instanceof ArrayTypeName ? "Arrays" : "Objects");
        return CodeBlock.of("$T.hashCode($L)", hasher, value());
    }

    /** Bytes are told by their number: they may be secrets, and they may be many. */
    CodeBlock text() {
        if (type.is("bytes")) {
            return CodeBlock.of("(this.$1L == null ? $2S : this.$1L.length + $3S)", name(), "null", " bytes");
        }
        return javaType() instanceof ArrayTypeName
                ? CodeBlock.of("$T.toString(this.$L)", java.util.Arrays.class, name())
                : value();
    }

    /** Whether the code above names the local variable {@code flexible}. */
    boolean asksWhetherFlexible() {
        boolean hasLength = type.isArray() || !type.isStruct() && type.fixedElementBytes() == 0;
        return hasLength && flexible().equals("flexible");
    }

    private String flexible() {
        String condition = field.flexible().condition(known);
        return condition.equals("true") || condition.equals("false") ? condition : "flexible";
    }
}
