using Microsoft.Extensions.ObjectPool;

namespace CanhLu.Ingest;

/// <summary>Fillings not in use. A quiet connection holds none: ten thousand gauges that report once a minute share a handful.</summary>
sealed class Fillings
{
    // 64 at their largest are 30 MB; beyond that they are made and thrown away.
    readonly DefaultObjectPool<Filling> _pool = new(new Policy(), 64);

    public Filling Get() => _pool.Get();

    public void Return(Filling filling) => _pool.Return(filling);

    sealed class Policy : PooledObjectPolicy<Filling>
    {
        public override Filling Create() => new();

        public override bool Return(Filling obj)
        {
            obj.Clear();
            return true;
        }
    }
}
