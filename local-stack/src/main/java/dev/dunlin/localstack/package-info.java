/** The whole suite on one machine: engines, gateway and services as processes of one launcher. */
@NullMarked
package dev.dunlin.localstack;

import org.jspecify.annotations.NullMarked;
