package dev.dunlin.scenarios.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Runs the class on {@link SharedSuite}, beside other classes on it. For scenarios that leave every
 * process running.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(SharedSuite.class)
@ResourceLock(value = "shared suite", mode = ResourceAccessMode.READ)
public @interface OnSharedSuite {}
