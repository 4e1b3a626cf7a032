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
 * Runs the class alone on {@link SecondDoubledSuite}, beside those on {@link DoubledSuite}. For the
 * scenarios that take longest.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(SecondDoubledSuite.class)
@ResourceLock(value = "second doubled suite", mode = ResourceAccessMode.READ_WRITE)
public @interface OnSecondDoubledSuite {}
