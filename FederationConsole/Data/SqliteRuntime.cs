using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace FederationConsole.Data;

/// <summary>
/// Lets Microsoft.Data.Sqlite 10 run on SQLitePCLRaw 2.0.6, the only version in the package feed, and on the
/// system's patched SQLite rather than the copy bundled with it. Delete it when SQLitePCLRaw 2.1.13 is to be had.
/// </summary>
internal static class SqliteRuntime
{
    [ModuleInitializer]
    internal static void Use()
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name == "SQLitePCLRaw.core"
                ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll"))
                : null;

        NativeLibrary.SetDllImportResolver(
            Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.provider.e_sqlite3.dll")),
            static (name, _, _) =>
                name == "e_sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) ? handle : IntPtr.Zero);
    }
}
