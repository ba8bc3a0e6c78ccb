using CanhLu.Rules.Quality;

namespace CanhLu.Host.Watching;

/// <summary>The quality control that the Archive asks: that of the site in force. Until its memory is rebuilt there is none, and nobody is let in.</summary>
sealed class QualityNow : IQualityControl
{
    volatile QualityControl? _current;

    /// <summary>Takes over a control whose memory is that of the archive's newest readings. It belongs to the archive's loop from then on.</summary>
    public void Adopt(QualityControl control) => _current = control;

    public void Judge(Span<Reading> readings, List<FlagCorrection> corrections) => _current?.Judge(readings, corrections);
}
