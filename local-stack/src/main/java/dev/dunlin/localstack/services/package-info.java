/** The suite's services and the gateway as processes: their commands and their configuration. */
@NullMarked
package dev.dunlin.localstack.services;

import org.jspecify.annotations.NullMarked;
