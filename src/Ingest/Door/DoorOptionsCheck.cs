using Microsoft.Extensions.Options;

namespace CanhLu.Ingest;

[OptionsValidator]
sealed partial class DoorOptionsCheck : IValidateOptions<DoorOptions>;
