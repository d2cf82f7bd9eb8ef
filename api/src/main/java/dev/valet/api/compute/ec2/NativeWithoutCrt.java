package dev.valet.api.compute.ec2;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.auth.aws.crt.internal.signer.DefaultAwsCrtV4aHttpSigner;
import software.amazon.awssdk.http.auth.aws.internal.signer.util.OptionalDependencyLoaderUtil;

/**
 * Cuts the SDK's optional native library (AWS CRT) out of native executables. On the JVM the SDK
 * asks at run time whether its classes are there; a native build links everything that can be
 * reached beforehand and fails on them ("Discovered unresolved type"). Calls to EC2 use none of
 * what the library offers: CRC-64/NVME and xxHash checksums, and signing for several regions. Only
 * the native build reads this; on the JVM it does nothing.
 */
final class NativeWithoutCrt {
  private NativeWithoutCrt() {}

  static UnsupportedOperationException absent(String what) {
    return new UnsupportedOperationException(what + " needs AWS CRT, which Valet does not contain");
  }

  /** Without the library: Java's own CRC-32C, none of the others. */
  @TargetClass(className = "software.amazon.awssdk.checksums.internal.ChecksumProvider")
  static final class Checksums {
    @Substitute
    static @Nullable SdkChecksum createCrtCrc32C() {
      return null;
    }

    @Substitute
    static SdkChecksum crc64NvmeCrtImplementation() {
      throw absent("CRC64NVME");
    }

    @Substitute
    static SdkChecksum crtXxHash(ChecksumAlgorithm algorithm) {
      throw absent(algorithm.algorithmId());
    }
  }

  /** Without the library: no signing for several regions. */
  @TargetClass(OptionalDependencyLoaderUtil.class)
  static final class Signers {
    @Substitute
    public static DefaultAwsCrtV4aHttpSigner getDefaultAwsCrtV4aHttpSigner() {
      throw absent("SigV4a");
    }
  }
}
