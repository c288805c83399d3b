using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>Imports of users.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000005_People")]
internal sealed class People : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "UserImports",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                FileName = table.Column<string>(maxLength: 128, nullable: false),
                State = table.Column<int>(nullable: false),
                Total = table.Column<int>(nullable: false),
                Done = table.Column<int>(nullable: false),
                ActorId = table.Column<string>(maxLength: 64, nullable: false),
                ActorName = table.Column<string>(maxLength: 128, nullable: false),
                ActorAddress = table.Column<string>(maxLength: 64, nullable: true),
                RequestId = table.Column<string>(maxLength: 64, nullable: true),
                StartedAt = table.Column<long>(nullable: false),
                TouchedAt = table.Column<long>(nullable: false),
                FinishedAt = table.Column<long>(nullable: true),
                FaultLine = table.Column<int>(nullable: false),
                FaultColumn = table.Column<string>(maxLength: 32, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_UserImports", row => row.Id));
        migrationBuilder.CreateIndex("IX_UserImports_EnvironmentId_Id", "UserImports", ["EnvironmentId", "Id"]);
        migrationBuilder.CreateIndex("IX_UserImports_Unfinished", "UserImports", "EnvironmentId", unique: true, filter: "\"FinishedAt\" IS NULL");

        migrationBuilder.CreateTable(
            name: "UserImportFiles",
            columns: table => new
            {
                ImportId = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Content = table.Column<byte[]>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_UserImportFiles", row => row.ImportId);
                table.ForeignKey("FK_UserImportFiles_UserImports_ImportId", row => row.ImportId, "UserImports", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "ImportedUsers",
            columns: table => new
            {
                UserId = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                ImportId = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ImportedUsers", row => row.UserId);
                table.ForeignKey("FK_ImportedUsers_UserImports_ImportId", row => row.ImportId, "UserImports", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_ImportedUsers_ImportId_UserId", "ImportedUsers", ["ImportId", "UserId"]);
    }
}
