package dev.dunlin.engines.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Runs the class while the {@code @QuarkusTest} classes of the module run, in the same JVM and on
 * the same engines. Classes with this annotation run one after the other, as do their methods. A
 * {@code @QuarkusTest} cannot have it: Quarkus runs one application at a time.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "beside Quarkus", mode = ResourceAccessMode.READ_WRITE)
public @interface BesideQuarkus {}
