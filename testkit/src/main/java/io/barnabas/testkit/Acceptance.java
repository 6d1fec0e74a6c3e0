package io.barnabas.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rows of docs/acceptance.md that a test shows to be true; that page is generated from these. {@code beyond} are the
 * rows whose numbers begin with an N: what no other Kafka-compatible broker promises.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Acceptance {
    int[] value() default {};

    int[] beyond() default {};
}
