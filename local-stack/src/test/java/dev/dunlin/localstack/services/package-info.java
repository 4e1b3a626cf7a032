@NullMarked
package dev.dunlin.localstack.services;

import org.jspecify.annotations.NullMarked;
