using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace FederationConsole.Data;

/// <summary>A statement of our own that answers with rows.</summary>
internal sealed class PreparedStatement(string sql) : IDisposable
{
    private readonly PreparedCommand _command = new();

    /// <param name="values">Of <c>@p0</c>, <c>@p1</c>, … in this order: <see cref="long"/>, <see cref="int"/> or <see cref="string"/>, never null.</param>
    public async Task<IReadOnlyList<T>> RunAsync<T>(DatabaseFacade database, Func<DbDataReader, T> read, object[] values)
    {
        var command = _command.On(database, () => sql, c => AddParameters(c, values));
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        await using var reader = await command.ExecuteReaderAsync();
        List<T>? rows = null;
        while (await reader.ReadAsync())
        {
            (rows ??= []).Add(read(reader));
        }

        return rows ?? (IReadOnlyList<T>)[];
    }

    public void Dispose() => _command.Dispose();

    private static void AddParameters(DbCommand command, object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (string.Create(CultureInfo.InvariantCulture, $"@p{i}"), values[i]);
            command.Parameters.Add(parameter);
        }
    }
}
